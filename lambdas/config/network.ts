import * as z from 'zod';

const idOf = (kind: 'subnet' | 'sg') =>
  z.string().regex(new RegExp(`^${kind}-[0-9a-f]{8,17}$`), {
    error: ({ input }) => `"${input}" is not an id like ${kind}-0a1b2c3d`,
  });

/** Where in an existing VPC the function that reads a cluster sits. Ids only: synth looks nothing up. */
export const vpcSchema = z.strictObject({
  subnetIds: z.array(idOf('subnet')).min(1),
  securityGroupIds: z.array(idOf('sg')).min(1),
});

export type VpcPlacement = z.output<typeof vpcSchema>;
