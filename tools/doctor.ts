// Owns the command doctor: says what is missing on this machine and how to get it; fails when a start would fail. Changes nothing.
import './launcher/end-with-parent.ts';
import { examine } from './examine.ts';
import { runUntilSignal } from './run-until-signal.ts';

const marks = { ok: '✓', note: '!', bad: '✗' };

await runUntilSignal(async (signal) => {
  const mode = process.argv[2] === 'serve' ? 'serve' : 'start';
  const findings = await examine(mode, signal);
  for (const { state, subject, words } of findings)
    console.log(`${marks[state]} ${subject}: ${words.replaceAll('\n', '\n    ')}`);
  const bad = findings.filter((finding) => finding.state === 'bad').length;
  console.log(
    bad === 0
      ? `\nnpm ${mode === 'start' ? 'start' : 'run serve'} can run.`
      : `\n${bad} of these must be mended before Stagedoor can start.`,
  );
  return bad === 0 ? 0 : 1;
});
