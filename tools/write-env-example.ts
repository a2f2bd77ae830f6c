// Owns the writing of .env.example; its text is platform/config/env-example.ts's.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { envExample } from '#platform/config/env-example.ts';
import { projectRoot } from '#platform/config/environment.ts';

writeFileSync(path.join(projectRoot, '.env.example'), envExample());
