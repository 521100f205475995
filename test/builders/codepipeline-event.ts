/** What must never be written anywhere. */
export const CREDENTIAL = 'live-secret-access-key';

/** The event of a Lambda invoke action, as CodePipeline documents it, credentials included. */
export function aCodePipelineEvent({
  id = 'c0d76431-b0e7-4a11-97e3-e8ee786eb6f6',
  parameters,
  continuationToken,
}: {
  readonly id?: string;
  /** As JSON; a text stays as it is; absent: the action has none. */
  readonly parameters?: object | string;
  readonly continuationToken?: string;
}) {
  const text = typeof parameters === 'object' ? JSON.stringify(parameters) : parameters;
  const configuration = { FunctionName: 'kafka-gate', ...(text === undefined ? {} : { UserParameters: text }) };
  return {
    'CodePipeline.job': {
      id,
      accountId: '123456789012',
      data: {
        actionConfiguration: { configuration },
        inputArtifacts: [
          { name: 'Src', revision: 'abc', location: { type: 'S3', s3Location: { bucketName: 'b', objectKey: 'k' } } },
        ],
        outputArtifacts: [],
        artifactCredentials: {
          accessKeyId: 'AKIA',
          secretAccessKey: CREDENTIAL,
          sessionToken: 'token',
          expirationTime: 1_575_493_418_000,
        },
        encryptionKey: { type: 'KMS', id: 'arn:aws:kms:eu-west-1:123456789012:key/1' },
        ...(continuationToken === undefined ? {} : { continuationToken }),
      },
    },
  };
}
