/** The two things of the client that we use: whoever bundles this leaves out the rest of it. */
export { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
