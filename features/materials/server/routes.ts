// Owns materials over HTTP: uploading, also from outside the Session, and giving files to whoever may see them now.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { LifecycleState } from '#features/lifecycle/contract.ts';
import type { PeopleState } from '#features/people/contract.ts';
import { AppError } from '#platform/errors/app-error.ts';
import { serveFile } from '#platform/files/serve-file.ts';
import type { Admission } from '#platform/live/admission.ts';
import type { Logins } from '#platform/live/login.ts';
import type { Actor, Audience, Log, Slices } from '#platform/log/contract.ts';
import type { BackstageMaterialsState, Material, MaterialFacts, MaterialsState, PdfFacts } from '../contract.ts';
import { mostMaterials } from '../contract.ts';
import type { UploadParts } from './uploads.ts';
import { createUploads } from './uploads.ts';

const session = z.object({ sessionId: z.uuid() });
const oneMaterial = session.extend({ material: z.uuid() });
const onePage = oneMaterial.extend({ page: z.coerce.number().int().min(1) });
/** `id`: the material's, chosen by whoever uploads, so that trying again adds it once. */
const uploadQuery = z.object({ name: z.string().max(4000).default(''), id: z.uuid().optional() });
const removal = z.object({ id: z.uuid() });

const conflict = 409;

export interface MaterialsRoutesParts extends UploadParts {
  log: Pick<Log, 'read' | 'submit'>;
  logins: Pick<Logins, 'find'>;
  admission: Admission;
  /** Which slices the person may hold. */
  audiencesOf(state: Slices, viewer: Actor): Audience[];
  isConnected(sessionId: string, personId: string): Promise<boolean>;
}

interface Visit {
  sessionId: string;
  actor: Extract<Actor, { kind: 'person' }>;
  state: Slices;
  audiences: Audience[];
}
type WithMaterials = Partial<Record<Audience, { materials?: Partial<MaterialsState & BackstageMaterialsState> }>>;

/** What somebody who holds these slices sees, and nothing else (MA4, MA19). */
function visibleMaterials({ state, audiences }: Pick<Visit, 'state' | 'audiences'>): MaterialFacts[] {
  return audiences.flatMap((audience) => {
    const { items = [], downloads = [], presented } = (state as WithMaterials)[audience]?.materials ?? {};
    return [...items, ...downloads, ...(presented ? [presented.material] : [])];
  });
}

/**
 * GET    /api/sessions/:sessionId/materials                                 → { items: Material[] }   speakers
 * PUT    /api/sessions/:sessionId/materials?name=…&id=…   (the file’s bytes) → 201 PdfFacts            speakers
 * DELETE /api/sessions/:sessionId/materials/:material?id=…                  → 204                     speakers
 * GET    /api/sessions/:sessionId/materials/:material/file                  → the PDF, by ranges      whoever is inside and sees it now
 * GET    /api/sessions/:sessionId/materials/:material/thumbnails/:page      → WebP                    whoever is inside and sees it now
 */
export function registerMaterials(app: FastifyInstance, parts: MaterialsRoutesParts): void {
  const path = '/api/sessions/:sessionId/materials';
  const visit = (request: FastifyRequest) => enter(parts, request);
  const visitBackstage = async (request: FastifyRequest) => {
    const visited = await visit(request);
    if (!visited.audiences.includes('backstage')) throw new AppError(403, 'not-allowed');
    return visited;
  };
  const findPdf = async (request: FastifyRequest): Promise<PdfFacts> => {
    const { material } = oneMaterial.parse(request.params);
    const visited = await visit(request);
    const found = visibleMaterials(visited).find((one) => one.id === material);
    if (found?.kind !== 'pdf' || !(await isInside(parts, visited))) throw new AppError(404, 'not-found');
    return found;
  };

  app.get(path, async (request) => ({ items: itemsOf(await visitBackstage(request)) }));

  app.delete(`${path}/:material`, async (request, reply) => {
    const { sessionId, actor } = await visitBackstage(request);
    const { material } = oneMaterial.parse(request.params);
    const { id } = removal.parse(request.query);
    const outcome = await parts.log.submit(sessionId, actor, { id, type: 'materials.delete', body: { material } });
    if (!outcome.ok) throw new AppError(conflict, outcome.refusal.code, outcome.refusal.details);
    return reply.code(204).send();
  });

  app.get(`${path}/:material/file`, async (request, reply) => {
    const { file: hash, name, downloadable } = await findPdf(request);
    const file = await parts.store.find(hash);
    if (!file) throw new AppError(404, 'not-found');
    return serveFile(request, reply, { ...file, hash, type: 'application/pdf', saveAs: downloadable ? `${name}.pdf` : null });
  });

  app.get(`${path}/:material/thumbnails/:page`, async (request, reply) => {
    const { page } = onePage.parse(request.params);
    const { file: hash, pages } = await findPdf(request);
    const picture = page <= pages ? await parts.thumbnails.page(hash, page, pages) : null;
    if (picture === 'later') throw new AppError(503, 'unavailable', { retryAfterSeconds: 5 });
    if (!picture) throw new AppError(404, 'not-found');
    return reply.type('image/webp').header('cache-control', 'private, max-age=3600').send(picture);
  });

  registerUpload(app, path, parts, visitBackstage);
}

async function enter(parts: MaterialsRoutesParts, request: FastifyRequest): Promise<Visit> {
  const login = await parts.logins.find(request.headers);
  if (!login) throw new AppError(401, 'signed-out');
  const { sessionId } = session.parse(request.params);
  const visible = await parts.admission.maySee(login.personId, sessionId);
  const snapshot = visible ? await parts.log.read(sessionId) : null;
  if (!snapshot) throw new AppError(404, 'not-found');
  // As what they come here they have not said: as much as they may. It only counts where they are on the list.
  const actor = { kind: 'person', personId: login.personId, as: 'speaker' } as const;
  return { sessionId, actor, state: snapshot.state, audiences: parts.audiencesOf(snapshot.state, actor) };
}

/** Speakers prepare from outside too. Whoever has lost their connection a moment ago is still present in the state. */
async function isInside(
  { isConnected }: Pick<MaterialsRoutesParts, 'isConnected'>,
  { sessionId, actor, state, audiences }: Visit,
): Promise<boolean> {
  const { people } = state.all as { people: PeopleState };
  return audiences.includes('backstage') || actor.personId in people.present || isConnected(sessionId, actor.personId);
}

const itemsOf = ({ state }: Pick<Visit, 'state'>): Material[] => (state as WithMaterials).backstage?.materials?.items ?? [];

function registerUpload(
  app: FastifyInstance,
  path: string,
  parts: MaterialsRoutesParts,
  visitBackstage: (request: FastifyRequest) => Promise<Visit>,
): void {
  const upload = createUploads(parts);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Nothing is read before it is known who sends it.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.put(path, { config: { isUpload: true } }, async (request, reply) => {
      const { sessionId, actor, state } = await visitBackstage(request);
      const { name, id: materialId = uuidv7() } = uploadQuery.parse(request.query);
      const items = itemsOf({ state });
      const known = items.find((one) => one.id === materialId);
      if (known?.kind === 'pdf') return { ...known };
      const { lifecycle } = state.all as { lifecycle: LifecycleState };
      if (lifecycle.phase === 'ended') throw new AppError(conflict, 'session-ended');
      if (items.length >= mostMaterials) throw new AppError(conflict, 'materials-full', { limit: mostMaterials });
      const isGone = hasLeft(request, reply);
      const sent = { sessionId, materialId, by: actor.personId, fileName: name, from: request.raw, isGone };
      return reply.code(201).send(await upload(sent));
    });
  });
}

const hasLeft = (request: FastifyRequest, reply: FastifyReply) => () =>
  request.raw.socket.destroyed || (reply.raw.destroyed && !reply.raw.writableFinished);
