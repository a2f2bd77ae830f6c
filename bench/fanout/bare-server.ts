// Owns the floor of the fan-out bench: ws as its own readme uses it. Whatever one says, all are told; whoever says hello gets an answer of the length asked for.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RawData } from 'ws';
import { WebSocketServer } from 'ws';

process.once('disconnect', () => process.exit(0));
process.on('message', (message: 'forget' | { port: number }) => {
  if (message === 'forget') {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    for (let round = 0; round < 3; round++) collect();
    process.send?.('forgotten');
    return;
  }
  const server = new WebSocketServer({ host: '127.0.0.1', port: message.port });
  server.on('listening', () => process.send?.('ready'));
  server.on('connection', (socket) => {
    socket.on('message', (data: RawData, isBinary) => {
      const said = data.toString();
      if (said.startsWith('hello')) {
        socket.send(said.slice('hello'.length));
        return;
      }
      for (const client of server.clients) client.send(data, { binary: isBinary });
    });
  });
});
