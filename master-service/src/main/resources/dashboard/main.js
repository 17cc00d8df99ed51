/** Start of the dashboard: sign-in, navigation and the page that the address names. */

import { confirmed, fill, h, notify } from './dom.js';
import * as session from './session.js';

const PAGES = [
  { path: 'jobs', title: 'Jobs', load: () => import('./jobs.js') },
  { path: 'jobs/', load: () => import('./job.js') },
  { path: 'playground', title: 'Playground', roles: ['client', 'admin'], load: () => import('./playground.js') },
  { path: 'cluster', title: 'Cluster', load: () => import('./cluster.js') },
  { path: 'admin', title: 'Keys and audit', roles: ['admin'], load: () => import('./admin.js') },
];

const main = document.getElementById('main');
const welcome = document.getElementById('welcome');
const bar = document.getElementById('bar');
const form = document.getElementById('sign-in');
const failure = document.getElementById('sign-in-error');
let left = new AbortController(); // aborted when the page is left

/** The page of an address such as `#/jobs/job-1`, and what follows its path. */
function found() {
  const path = location.hash.replace(/^#\/?/, '').split('?')[0].replace(/\/$/, '');
  const exact = PAGES.find((page) => page.path === path);
  if (exact) return { page: exact, rest: '' };
  const page = PAGES.find((candidate) => candidate.path.endsWith('/') && path.startsWith(candidate.path));
  try {
    if (page) return { page, rest: decodeURIComponent(path.slice(page.path.length)) };
  } catch {
    // not an address of the dashboard
  }
  return { page: PAGES[0], rest: '' };
}

async function show() {
  left.abort();
  left = new AbortController();
  const signal = left.signal;
  if (!session.known()) {
    askForKey();
    return;
  }
  const { page, rest } = found();
  welcome.hidden = true;
  bar.hidden = false;
  main.hidden = false;
  showNavigation(page);
  fill(main, h('p.quiet', {}, 'Loading…'));
  try {
    const { show: showPage } = await page.load();
    if (signal.aborted) return;
    fill(main);
    await showPage(main, rest, signal);
  } catch (error) {
    if (!signal.aborted) fill(main, h('h1', {}, 'This page cannot be shown'), h('p.error', { role: 'alert' }, error.message), h('p', {}, h('a', { href: '#/jobs' }, 'All jobs')));
  }
}

function showNavigation(current) {
  const name = current.path.split('/')[0];
  fill(document.getElementById('nav'), PAGES
    .filter((page) => page.title && (!page.roles || session.has(...page.roles)))
    .map((page) => h('a', { href: '#/' + page.path, 'aria-current': page.path === name ? 'page' : null }, page.title)));
  const who = session.known();
  fill(document.getElementById('account'),
    h('span.quiet', { title: 'Roles: ' + who.roles.join(', ') }, who.name),
    h('button.small', {
      click: async () => {
        await session.signOut().catch((error) => {
          if (error.status !== 401) notify('The master has not ended the session: ' + error.message, true);
        });
        show();
      },
    }, 'Sign out'));
}

function askForKey() {
  fill(main);
  main.hidden = true;
  bar.hidden = true;
  welcome.hidden = false;
  form.hidden = false;
  document.title = 'minimalcluster';
  document.getElementById('key').focus();
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const input = document.getElementById('key');
  failure.textContent = '';
  try {
    await session.signIn(input.value);
    input.value = '';
    show();
  } catch (error) {
    failure.textContent = error.message;
    input.select();
  }
});

document.addEventListener('signed-out', () => {
  if (!session.known()) return;
  session.forget();
  notify('The session has ended. Sign in again.');
  show();
});

window.addEventListener('hashchange', async () => {
  await enter();
  main.focus({ preventScroll: true });
});

document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault(); // the address names the page
  main.focus();
});

/** Signs in if the address is a sign-in link, and shows a page. */
async function enter() {
  try {
    await session.signInByLink((question) => confirmed(question, 'Sign in'));
  } catch (error) {
    failure.textContent = error.message;
  }
  await show();
}

await enter();
