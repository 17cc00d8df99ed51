/** Sign-in and sign-out. The key goes to the master once; the browser keeps only an HttpOnly cookie. */

import { call, post, Problem } from './api.js';

const STORED = 'minimalcluster.session'; // name and roles, nothing secret

/** The name and the roles of the session; null if it is not known. */
export function known() {
  try {
    const session = JSON.parse(localStorage.getItem(STORED));
    return session && Date.parse(session.expiresAt) > Date.now() ? session : null;
  } catch {
    return null;
  }
}

/** Whether the session has a role. The master decides in the end; this only hides what it would refuse. */
export const has = (...roles) => roles.some((role) => known()?.roles.includes(role));

function keep(session) {
  localStorage.setItem(STORED, JSON.stringify(session));
}

/** Forgets the session in this browser. */
export function forget() {
  localStorage.removeItem(STORED);
}

/** Signs in with a key. @throws {Error} with a sentence for the form */
export async function signIn(key) {
  try {
    keep(await post('/session', { key: key.trim() }));
  } catch (error) {
    throw error instanceof Problem && error.status === 401 ? new Error('The master does not know this key.') : error;
  }
}

/**
 * Signs in with the one-time code of a link, and takes the code out of the address. Returns whether it has signed in.
 * @param {function(string): Promise<boolean>} agrees asks before another session is left
 */
export async function signInByLink(agrees) {
  const code = /^#code=([0-9a-f]{64})$/.exec(location.hash)?.[1];
  if (!code) return false;
  history.replaceState(null, '', location.pathname + '#/jobs');
  if (known() && !await agrees(`This link signs in again. Leave the session of ${known().name}?`)) return false;
  try {
    keep(await post('/session', { code }));
    return true;
  } catch (error) {
    throw error instanceof Problem && error.status === 401
      ? new Error('This link was used before or is too old. Sign in with the key, or run ./minimalcluster up for a new one.')
      : error;
  }
}

/** Ends the session. */
export async function signOut() {
  try {
    await call('DELETE', '/session');
  } finally {
    forget();
    sessionStorage.removeItem(SOURCE);
  }
}

const SOURCE = 'minimalcluster.source';

/** Keeps the source of the playground in this tab. */
export const saveSource = (text) => sessionStorage.setItem(SOURCE, text);

/** The kept source; null for none. */
export const savedSource = () => sessionStorage.getItem(SOURCE);
