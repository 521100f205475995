import * as z from 'zod';
import { SluicegateError } from '../../core/errors.ts';

/** As MSK keeps SCRAM users: https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-tutorial.html */
const credentials = z.object({ username: z.string().min(1), password: z.string().min(1) });

const clientCertificate = z.object({
  certificate: z.string().min(1),
  key: z.string().min(1),
  passphrase: z.string().nullable().default(null),
});

export type Credentials = z.output<typeof credentials>;
export type ClientCertificate = z.output<typeof clientCertificate>;

export const parseCredentials = (text: string, where: string): Credentials => parse(credentials, text, where);

export const parseClientCertificate = (text: string, where: string): ClientCertificate =>
  parse(clientCertificate, text, where);

/** Names the keys that are wrong, never what the secret holds: JSON.parse would quote it. */
function parse<Shape extends z.ZodType>(shape: Shape, text: string, where: string): z.output<Shape> {
  const parsed = shape.safeParse(jsonOf(text, where));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the secret'}: ${message}`);
  throw new SluicegateError('SECRET_UNREADABLE', `${where} is not as expected: ${problems.join('; ')}`);
}

function jsonOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (_quotesTheSecret) {
    throw new SluicegateError('SECRET_UNREADABLE', `${where} is not JSON; docs/configuration.md shows its form`);
  }
}
