import { writeFileSync } from 'node:fs';
import { configJsonSchema } from '../lambdas/config/config.ts';

/** `npm run schema`: writes the JSON Schema that editors read. A test holds the file to the code. */
writeFileSync('sluicegate.config.schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
