// Owns the question that socket and media gate ask before anything else: may this person know of this stream at all?

export interface Admission {
  /** False also for streams that do not exist: the two must look the same from outside. */
  maySee(personId: string, streamId: string): Promise<boolean>;
}
