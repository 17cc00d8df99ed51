/** Keys and the audit log, for admins. */

import { call, get, query } from './api.js';
import { actionButton, attempt, confirmed, copyButton, fill, h, notify, row, table } from './dom.js';
import { ago, count, cut, moment } from './format.js';

const ROLES = ['client', 'worker', 'observer', 'admin'];
const DAYS = { 'never': 0, '1 day': 1, '30 days': 30, '1 year': 365 };
const PAGE = 50;

function keyRow(key, reload) {
  const revoke = actionButton('Revoke', async () => {
    if (!await confirmed(`Revoke the key ${key.name}? Its sessions and its workers lose access within five seconds.`, 'Revoke')) return;
    await call('DELETE', '/keys/' + encodeURIComponent(key.name));
    notify('The key is revoked.');
    await reload();
  }, 'danger');
  revoke.setAttribute('aria-label', 'Revoke ' + key.name);
  return row(h('span.name', {}, key.name), key.role,
    key.expiresAt ? h('span', { title: moment(key.expiresAt) }, moment(key.expiresAt)) : 'never',
    [h('time', { title: moment(key.createdAt) }, ago(key.createdAt)), h('span.id', {}, 'by ' + key.createdBy)], revoke);
}

/** The form for a new key. Its secret is shown once. */
function newKey(reload) {
  const name = h('input', { id: 'key-name', required: true, pattern: '[A-Za-z0-9._\\-]+', maxlength: 100, spellcheck: 'false' });
  const role = h('select', { id: 'key-role' }, ROLES.map((each) => h('option', {}, each)));
  const expiry = h('select', { id: 'key-expiry' }, Object.keys(DAYS).map((each) => h('option', {}, each)));
  const secret = h('div', { role: 'status' });
  const create = async (event) => {
    event.preventDefault();
    const days = DAYS[expiry.value];
    const body = { name: name.value.trim(), role: role.value };
    if (days) body.expiresAt = new Date(Date.now() + days * 86400000).toISOString();
    try {
      const key = await call('POST', '/keys', { body });
      fill(secret, h('p.reason', {}, `The secret of ${key.name}, shown only now: `, h('code.secret', {}, key.secret), ' ', copyButton(key.secret)));
      name.value = '';
      await reload();
    } catch (error) {
      fill(secret, h('p.error', { role: 'alert' }, error.message));
    }
  };
  return h('form', { submit: create },
    h('div.row', {},
      h('div.pair', {}, h('label', { for: 'key-name' }, 'Name'), name), h('div.pair', {}, h('label', { for: 'key-role' }, 'Role'), role),
      h('div.pair', {}, h('label', { for: 'key-expiry' }, 'Expires after'), expiry), h('button.primary', {}, 'Create key')), secret);
}

function auditRow(entry) {
  return row(
    h('time', { datetime: entry.at, title: entry.at }, moment(entry.at)),
    entry.who ? h('span.name', {}, cut(entry.who, 40)) : h('span.quiet', {}, 'no valid key'),
    entry.action, entry.target && h('code', {}, cut(entry.target, 60)),
    h('span.badge.' + (entry.status < 400 ? 'succeeded' : 'failed'), {}, String(entry.status)),
    h('span.number', {}, entry.from),
    entry.times > 1 && h('span.number', {}, count(entry.times)));
}

/** Shows the page. */
export async function show(main, rest, signal) {
  document.title = 'Keys and audit – minimalcluster';
  const keys = h('div');
  const entries = h('div');
  const pager = h('nav.pager', { 'aria-label': 'Pages of the audit log' });
  const state = { who: '', action: '', pages: [] };

  const loadKeys = async () => {
    const page = await get('/keys' + query({ limit: 1000 }), signal);
    fill(keys, page.items.length
      ? table('Keys', ['Name', 'Role', 'Expires', 'Created', ''], page.items.map((key) => keyRow(key, loadKeys)))
      : h('p.quiet', {}, 'No key was created by a call. The authkey and the keys of the settings are not listed.'));
  };
  const loadAudit = async () => {
    const path = () => '/audit' + query({ limit: PAGE, who: state.who, action: state.action, after: state.pages.at(-1) });
    const wanted = path();
    const page = await get(wanted, signal);
    if (wanted !== path()) return; // another page was asked for meanwhile
    fill(entries, page.items.length
      ? table('Audit log', ['Time', 'Key', 'Action', 'Target', 'Status', 'Address', 'Calls'], page.items.map(auditRow))
      : h('p.empty', {}, 'No such entry.'));
    const go = (change) => () => { change(); attempt(loadAudit); };
    fill(pager,
      h('button', { disabled: !state.pages.length, 'data-key': 'newer', click: go(() => state.pages.pop()) }, '← Newer'),
      h('button', { disabled: !page.next, 'data-key': 'older', click: go(() => state.pages.push(page.next)) }, 'Older →'));
    pager.hidden = !state.pages.length && !page.next;
  };
  const filter = (name, label) => h('div.pair', {}, h('label', { for: 'audit-' + name }, label), h('input', {
    id: 'audit-' + name, size: 14, spellcheck: 'false',
    change: (event) => {
      Object.assign(state, { [name]: event.target.value.trim(), pages: [] });
      attempt(loadAudit);
    },
  }));

  fill(main, h('h1', {}, 'Keys and audit'),
    h('section.card', { 'aria-labelledby': 'keys' }, h('h2', { id: 'keys' }, 'Keys'), newKey(loadKeys), keys),
    h('section.card', { 'aria-labelledby': 'audit' }, h('h2', { id: 'audit' }, 'Audit log'),
      h('div.row.toolbar', {}, filter('who', 'Key'), filter('action', 'Action'), h('span.grow'),
        actionButton('Refresh', loadAudit)), entries, pager));
  await Promise.all([loadKeys(), loadAudit()]);
}
