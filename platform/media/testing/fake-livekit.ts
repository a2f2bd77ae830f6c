// Owns a stand-in for LiveKit's HTTP port in tests: it takes signalling sockets or refuses them as told, and remembers what it was asked.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface FakeLivekit {
  url: string;
  /** Requests for signalling sockets, in order. */
  asked: IncomingMessage[];
  /** LiveKit rooms that it was told to create, in order. */
  created: string[];
  /** People whom it has removed, in order. */
  removed: string[];
  /** Who may be heard where: LiveKit room, space, person. */
  heard: Set<string>;
  /** Those heard at the moment of each request for a signalling socket. */
  heardWhenAsked: string[][];
  sockets: Duplex[];
  /** How the next requests are answered: a status, or a socket. The last answer is repeated. */
  answers: (number | 'socket' | 'silence')[];
  /** The server API answers with this status. */
  apiStatus: number;
  apiBody: object;
  close(): Promise<void>;
}

export async function startFakeLivekit(): Promise<FakeLivekit> {
  const connections = new Set<Duplex>();
  const server = createServer(async (request, answer) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.url?.endsWith('/CreateRoom')) fake.created.push(JSON.parse(body).name);
    if (request.url?.endsWith('/RemoveParticipant') && fake.apiStatus === 200) fake.removed.push(JSON.parse(body).identity);
    if (request.url?.endsWith('/UpdateParticipant') && fake.apiStatus === 200) permit(JSON.parse(body));
    if (request.url?.endsWith('/GetParticipant') && fake.apiStatus === 200) {
      const { room, identity } = JSON.parse(body);
      const permission = { canSubscribe: true, canPublish: fake.heard.has(`${room} ${identity}`) };
      answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ identity, permission }));
      return;
    }
    answer.writeHead(fake.apiStatus, { 'content-type': 'application/json' }).end(JSON.stringify(fake.apiBody));
  });
  const permit = ({ room, identity, permission }: { room: string; identity: string; permission: { canPublish?: boolean } }) => {
    if (permission.canPublish) fake.heard.add(`${room} ${identity}`);
    else fake.heard.delete(`${room} ${identity}`);
  };
  server.on('connection', (socket) => connections.add(socket));
  server.on('upgrade', (request, socket) => {
    fake.asked.push(request);
    fake.heardWhenAsked.push([...fake.heard]);
    const answer = fake.answers.length > 1 ? fake.answers.shift() : fake.answers[0];
    socket.on('error', () => socket.destroy());
    if (answer === 'silence') return;
    if (answer !== 'socket') {
      socket.end(`HTTP/1.1 ${answer} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      return;
    }
    fake.sockets.push(socket);
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: yes\r\n\r\n',
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const fake: FakeLivekit = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    created: [],
    removed: [],
    heard: new Set(),
    heardWhenAsked: [],
    sockets: [],
    answers: ['socket'],
    apiStatus: 200,
    apiBody: {},
    async close() {
      for (const socket of connections) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}
