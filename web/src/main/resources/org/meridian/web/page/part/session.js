import { post } from '../api.js';
import { leave } from '../store.js';

/** Ends the session; the login page follows even when the server does not answer. */
export async function logOut() {
  try {
    await post('/api/logout', {});
  } finally {
    leave();
  }
}
