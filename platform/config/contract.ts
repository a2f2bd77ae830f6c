// Owns the shape of the checked configuration. settings.ts fills it; environment.ts is the only reader of the environment.

export interface Config {
  mode: 'start' | 'serve' | 'dev';
  host: string;
  port: number;
  /** Origin under which browsers reach us, without a trailing slash. */
  publicUrl: string;
  dataDir: string;
  /** Absent: the embedded database in `dataDir`. */
  databaseUrl?: string;
  /** Signs logins; at least 32 bytes of randomness, base64url. */
  secret: string;
  livekit: {
    /** Where the app server reaches the SFU, e.g. `http://127.0.0.1:7880`. Browsers never do. */
    url: string;
    apiKey: string;
    apiSecret: string;
  };
  /** Of the embedded database. Absent, or every 0 ms: none. */
  backups?: { everyMs: number; keep: number };
  /** What speakers may upload. */
  materials: { maxBytes: number; maxPages: number };
  /** Absent: no metrics. */
  metricsPort?: number;
  demo: boolean;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Changes when the web was built anew: tells tabs that are too old. */
  build: string;
  /** Folder with the built web, served precompressed. */
  webDir: string;
}
