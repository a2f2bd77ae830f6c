// Owns the scene of most fault tests: an app server in a process of its own that can die and come back elsewhere, a live Session, people in it.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soon } from '#tests/flows/app.ts';
import type { ChildServer } from '#tests/flows/child-server.ts';
import { startChildServer } from '#tests/flows/child-server.ts';
import type { PersonOptions } from './person.ts';
import { Person } from './person.ts';

export interface SceneOptions {
  databaseUrl?: string;
  /** Where the data goes. Default: a folder of its own, gone with the scene. */
  dataDir?: string;
  env?: Record<string, string>;
  /** Each of its servers can be asked how much memory it holds. */
  memoryProbe?: boolean;
}

export class Scene {
  server!: ChildServer;
  stream = '';
  readonly dataDir: string;
  readonly people: Person[] = [];
  private readonly env: Record<string, string>;
  private readonly memoryProbe: boolean;
  private readonly cookies = new Map<string, string>();
  private readonly removeFolder: () => void;

  private constructor({ databaseUrl, dataDir, env, memoryProbe = false }: SceneOptions) {
    this.memoryProbe = memoryProbe;
    this.dataDir = dataDir ?? mkdtempSync(join(tmpdir(), 'stagedoor-faults-'));
    this.removeFolder = () => (dataDir ? undefined : rmSync(this.dataDir, { recursive: true, force: true }));
    this.env = {
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      DATA_DIR: this.dataDir,
      SECRET: `${randomUUID()}${randomUUID()}`,
      DEMO: '1',
      LOG_LEVEL: 'warn',
      // Nobody listens there: what is broken here is not media.
      LIVEKIT_URL: 'http://127.0.0.1:9',
      LIVEKIT_API_KEY: 'test',
      LIVEKIT_API_SECRET: `${randomUUID()}${randomUUID()}`,
      ...env,
    };
  }

  /** With the host on stage and the Session live. */
  static async open(options: SceneOptions = {}): Promise<{ scene: Scene; host: Person }> {
    const scene = new Scene(options);
    await scene.start();
    scene.stream = (await scene.server.point(soon)).id;
    const host = await scene.join('host', 'speaker');
    await host.store.submit('stage.enter', { microphone: true, camera: true });
    await host.store.submit('lifecycle.start', {});
    // Faults are met under load, which is more than people write.
    await host.store.submit('chat.set-pace', { messages: 1000 });
    await host.until(() => host.all.lifecycle.phase === 'live', 'the start');
    return { scene, host };
  }

  /** Also after it was killed. It listens on another port then; everybody asks where. */
  async start(): Promise<void> {
    this.server = await startChildServer({ env: this.env, memoryProbe: this.memoryProbe });
  }

  /** Signing in is slow on purpose: once for each person. */
  async cookieOf(name: string): Promise<string> {
    const cookie = this.cookies.get(name) ?? (await this.server.signIn(name));
    this.cookies.set(name, cookie);
    return cookie;
  }

  /** `host#2`: another tab of the host. Speakers may write as fast as their sockets allow; others' chat has a pace. */
  async join(name: string, as: PersonOptions['as'] = 'participant', through?: () => string): Promise<Person> {
    const cookie = await this.cookieOf(name.split('#')[0] as string);
    const origin = () => this.server.origin;
    const person = new Person({ name, cookie, stream: this.stream, as, origin, address: through ?? origin });
    this.people.push(person);
    await person.until(() => person.isOpen && 'all' in person.state, 'the first state');
    return person;
  }

  /** Everybody leaves, and the server ends in good order; what it wrote stays until `forget`. */
  async end(): Promise<void> {
    for (const person of this.people) person.leave();
    await this.server.end();
  }

  forget(): void {
    this.removeFolder();
  }
}

/** Names of so many further tabs of the two speakers. */
export const speakerTabs = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${index % 2 === 0 ? 'host' : 'cohost'}#${index + 1}`);
