// The proof of admission: good for one person in one LiveKit room, and only made with the secret.
import { expect, it } from 'vitest';
import { createProof } from './proof.ts';

it('holds for the person and the LiveKit room that it was made for, and for nothing else', () => {
  const proof = createProof('our-secret');
  const made = proof.of('s.main.1', 'anna');
  expect(proof.holds('s.main.1', 'anna', made)).toBe(true);
  expect(proof.holds('s.main.2', 'anna', made)).toBe(false);
  expect(proof.holds('s.main.1', 'ben', made)).toBe(false);
  for (const metadata of ['', made.slice(1), `${made}x`, 'é'.repeat(made.length), createProof('other').of('s.main.1', 'anna')]) {
    expect(proof.holds('s.main.1', 'anna', metadata)).toBe(false);
  }
});

it('a room is ours by a proof of its own, for that name alone', () => {
  const proof = createProof('our-secret');
  const made = proof.ofRoom('s.main.1');
  expect(proof.madeRoom('s.main.1', made)).toBe(true);
  expect(proof.madeRoom('s.main.2', made)).toBe(false);
  for (const metadata of ['', createProof('other').ofRoom('s.main.1'), proof.of('s.main.1', '')])
    expect(proof.madeRoom('s.main.1', metadata)).toBe(false);
});
