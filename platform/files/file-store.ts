// Owns uploaded files on disk: written aside, synced, then named by their content. Which of them are still used is their users' business.
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileStore, Received } from './contract.ts';
import { TooManyBytes } from './contract.ts';
import { syncFolder } from './sync-folder.ts';

const hashShape = /^[0-9a-f]{64}$/;
const derivedShape = /^[a-z0-9-]{1,40}\.[a-z0-9]{1,8}$/;
/** Of the disk, so much stays for the database and for everything else. */
const reservedShare = 0.05;
const mostReserved = 512 * 1024 * 1024;

const gone = (error: unknown) => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
};

/** Only a hash becomes a path, so that nothing outside the folder can be named. */
function pathsIn(folder: string) {
  const [incoming, derived] = [join(folder, 'incoming'), join(folder, 'derived')];
  const checked = (hash: string) => {
    if (!hashShape.test(hash)) throw new Error('Not a hash');
    return hash;
  };
  const shelfOf = (hash: string) => join(folder, checked(hash).slice(0, 2));
  const derivedFolder = (hash: string) => join(derived, checked(hash));
  const derivedPath = (hash: string, name: string) => {
    if (!derivedShape.test(name)) throw new Error('Not the name of something derived');
    return join(derivedFolder(hash), name);
  };
  return { incoming, derived, shelfOf, pathOf: (hash: string) => join(shelfOf(hash), hash), derivedFolder, derivedPath };
}

/** `folder` is this store's alone. It is made where it is absent. */
export async function openFileStore(folder: string): Promise<FileStore> {
  const { incoming, derived, shelfOf, pathOf, derivedFolder, derivedPath } = pathsIn(folder);
  await mkdir(incoming, { recursive: true });
  await mkdir(derived, { recursive: true });
  // A file is durable when every folder on the way to it is.
  await syncFolder(folder);
  await syncFolder(dirname(folder));

  return {
    async roomLeft() {
      const { bavail, blocks, bsize } = await statfs(folder);
      return bavail * bsize - Math.min(blocks * bsize * reservedShare, mostReserved);
    },
    receive: (from, maxBytes) => receive(from, join(incoming, randomUUID()), maxBytes),
    async keep({ path, hash }) {
      await mkdir(shelfOf(hash), { recursive: true });
      await rename(path, pathOf(hash));
      await syncFolder(shelfOf(hash));
      // The shelf may be new, by us or by another server that has not come so far.
      await syncFolder(folder);
    },
    drop: ({ path }) => rm(path, { force: true }),
    async share(hash, path) {
      await mkdir(shelfOf(hash), { recursive: true });
      return link(path, pathOf(hash)).then(
        () => true,
        // Another disk, or one that knows no second names.
        (error: NodeJS.ErrnoException) => error.code === 'EEXIST',
      );
    },
    async find(hash) {
      const path = pathOf(hash);
      const found = await stat(path).catch(gone);
      return found && { path, bytes: found.size };
    },
    readDerived: async (hash, name) => readFile(derivedPath(hash, name)).catch(gone),
    derivedNames: async (hash) => (await readdir(derivedFolder(hash)).catch(gone)) ?? [],
    async writeDerived(hash, name, content) {
      const path = derivedPath(hash, name);
      await mkdir(derivedFolder(hash), { recursive: true });
      // A reader meets it whole or not at all.
      const aside = join(incoming, randomUUID());
      try {
        await writeFile(aside, content);
        await rename(aside, path);
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
    },
    async *list() {
      for (const shelf of await readdir(folder)) {
        if (!/^[0-9a-f]{2}$/.test(shelf)) continue;
        for (const name of await readdir(join(folder, shelf))) if (hashShape.test(name)) yield name;
      }
    },
    async remove(hash) {
      await rm(pathOf(hash), { force: true });
      await rm(derivedFolder(hash), { recursive: true, force: true });
    },
    async sweep(olderThanMs) {
      for (const hash of await readdir(derived))
        if (!(await stat(pathOf(hash)).catch(gone))) await rm(join(derived, hash), { recursive: true, force: true });
      return sweepIncoming(incoming, olderThanMs);
    },
  };
}

async function receive(from: Readable, path: string, maxBytes: number): Promise<Received> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) return done(new TooManyBytes(`More than ${maxBytes} bytes`));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    // `flush` syncs before it closes: what is named by its content has that content, also after a power cut.
    await pipeline(from, measure, createWriteStream(path, { flags: 'wx', flush: true }));
    return { path, hash: hash.digest('hex'), bytes };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function sweepIncoming(incoming: string, olderThanMs: number): Promise<number> {
  let swept = 0;
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await stat(path).catch(gone);
    if (!found || Date.now() - found.mtimeMs < olderThanMs) continue;
    await rm(path, { force: true });
    swept++;
  }
  return swept;
}
