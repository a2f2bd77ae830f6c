// Owns a wrong wall clock for a whole process: loaded with --import before anything else, it moves Date by CLOCK_SHIFT_MS.
const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0);
const RightDate = Date;

class ShiftedDate extends RightDate {
  constructor(...given: []) {
    super(...(given.length > 0 ? given : ([RightDate.now() + shiftMs] as unknown as [])));
  }
  static override now(): number {
    return RightDate.now() + shiftMs;
  }
}

globalThis.Date = ShiftedDate as DateConstructor;
