import * as z from 'zod';

const idOf = (kind: 'vpc' | 'subnet' | 'sg') =>
  z.string().regex(new RegExp(`^${kind}-[0-9a-f]+$`), {
    error: ({ input }) => `"${input}" is not an id like ${kind}-0a1b2c3d`,
  });

/** Where the function that reads a cluster sits, in a VPC that exists already. Ids only: synth looks nothing up. */
export const vpcSchema = z.strictObject({
  vpcId: idOf('vpc'),
  subnetIds: z.array(idOf('subnet')).min(1),
  securityGroupIds: z.array(idOf('sg')).min(1),
});

export type VpcPlacement = z.output<typeof vpcSchema>;
