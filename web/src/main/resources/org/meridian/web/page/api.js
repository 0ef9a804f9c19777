import { bearing, keep } from './key.js';

const TIMEOUT_MS = 15_000;

/** What went wrong with a request: a sentence, what to do next, and the status (0 when nothing answered). */
export class RequestError extends Error {
  constructor(status, { summary, detail, suggestion }) {
    super(sentence(summary));
    this.status = status;
    this.detail = detail ?? '';
    this.suggestion = suggestion ?? '';
  }
}

// Problems begin small where they follow a colon; here they stand alone.
const sentence = text => text.replace(/^[a-z](?=[a-z]* )/, first => first.toUpperCase()).replace(/([^.!?])$/, '$1.');

export const get = path => request(path, {});

/** Takes a token to the server, and keeps the key that it gives for it. */
export async function logIn(token) {
  const session = await post('/api/login', { token });
  if (session?.key) keep(session.key);
}

/** Asks the server to change something. */
export const post = (path, body) => request(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Meridian': '1' },
  body: JSON.stringify(body),
});

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, {
      ...options,
      headers: { ...options.headers, ...bearing() },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      cache: 'no-store',
    });
  } catch (cause) {
    const late = cause.name === 'TimeoutError';
    throw new RequestError(0, {
      summary: late ? `The server did not answer within ${TIMEOUT_MS / 1000} s` : 'The server does not answer',
      suggestion: 'Look whether meridian ui still runs.',
    });
  }
  const body = await response.json().catch(() => null);
  if (response.ok) return body;
  throw new RequestError(response.status, body?.summary ? body : { summary: `The server answered ${response.status}` });
}
