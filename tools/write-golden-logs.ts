// Owns the writing of golden logs: one more where today's events have new shapes, and what each is folded to today. A log that is there is never changed.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { compareShapes, goldenFolder, logsOf, readGoldenLogs, slicesOf, slicesText } from '#tests/golden/golden-logs.ts';
import { histories } from '#tests/golden/histories.ts';

for (const [history, play] of Object.entries(histories)) {
  const known = logsOf(history, readGoldenLogs());
  const events = play();
  const { changed, fresh } = compareShapes(events, known);
  if (changed.length > 0) {
    console.log(
      `These events changed their shape and not their version (CONTRIBUTING.md says how to raise it):\n${changed.join('\n')}`,
    );
    process.exitCode = 1;
  } else if (fresh.length > 0) {
    const file = `${history}-${known.length + 1}.jsonl`;
    writeFileSync(path.join(goldenFolder, file), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    console.log(`${file}: ${fresh.join(', ')}`);
  }
}
for (const log of readGoldenLogs()) writeFileSync(path.join(goldenFolder, `${log.name}.slices`), slicesText(slicesOf(log)));
