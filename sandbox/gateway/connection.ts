/** How payloads travel: as text, or as one zlib stream for clients that ask for it. */
import { constants, createDeflate } from 'node:zlib';
import type { WebSocket } from 'ws';
import type { Connection } from './session.ts';

export function plain(ws: WebSocket): Connection {
  return {
    send: (json) => ws.send(json),
    close: (code, reason) => ws.close(code, reason),
    terminate: () => ws.terminate(),
  };
}

/** `compress=zlib-stream`: all payloads share one zlib context, and each ends with a sync flush. */
export function compressed(ws: WebSocket): Connection {
  const deflate = createDeflate({ flush: constants.Z_SYNC_FLUSH });
  let chunks: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    const isWhole = chunk.length >= 4 && chunk.readUInt32BE(chunk.length - 4) === 0x0000ffff;
    if (!isWhole) return;
    ws.send(Buffer.concat(chunks));
    chunks = [];
  });
  return {
    send: (json) => void deflate.write(json),
    close: (code, reason) => ws.close(code, reason),
    terminate: () => ws.terminate(),
  };
}
