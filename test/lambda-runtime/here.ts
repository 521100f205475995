/** Where functions and services of these tests believe to be. */
export const REGION = 'us-east-1';
export const ACCOUNT = '123456789012';

/** The ARN of something of ours here. */
export const arnHere = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
