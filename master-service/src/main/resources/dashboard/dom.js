/** Small helpers to build the page. Text always becomes text nodes, so no text from outside can become markup. */

/**
 * Creates an element.
 * @param {string} name tag name, with classes after dots: `div.card.wide`
 * @param {Object<string, *>} attributes attributes; functions become event listeners; false and null are left out
 * @param {...(Node|string|number|null|false|Array)} children texts become text nodes
 * @returns {HTMLElement}
 */
export function h(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
}

/** Replaces the content of an element; the keyboard focus stays on the element with the same `data-key`. */
export function fill(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const scrolled = element.querySelector(':scope > .scroll')?.scrollLeft;
  element.replaceChildren();
  append(element, children);
  const table = scrolled && element.querySelector(':scope > .scroll');
  if (table) table.scrollLeft = scrolled;
  if (focused) element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/**
 * A table with a caption for screen readers. On narrow screens each row is a block, with the head before each cell.
 * @param {string} caption
 * @param {Array<string>} heads
 * @param {Array<HTMLElement>} rows elements of {@link row}
 */
export function table(caption, heads, rows) {
  for (const each of rows) [...each.children].forEach((cell, place) => { cell.dataset.label = heads[place]; });
  return h('div.scroll', { tabindex: 0, 'data-key': 'table ' + caption, role: 'group', 'aria-label': caption },
    h('table', { role: 'table' },
      h('caption', {}, caption),
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, heads.map((head) => h('th', { scope: 'col', role: 'columnheader' }, head)))),
      h('tbody', { role: 'rowgroup' }, rows)));
}

/** A table row. A cell is a text, a node, or a list of these. */
export function row(...cells) {
  return h('tr', { role: 'row' }, cells.map((cell) => h('td', { role: 'cell' }, cell))); // CSS may change their display
}

/** Shows a message at the edge of the page for some seconds; errors are also read out at once. The same is shown once. */
export function notify(text, isError = false) {
  const notices = document.getElementById('notices');
  if ([...notices.children].some((shown) => shown.firstChild.textContent === text)) return;
  const note = h(isError ? 'div.notice.error' : 'div.notice', { role: isError ? 'alert' : null }, text,
    h('button.plain', { 'aria-label': 'Close', click: () => note.remove() }, '×'));
  notices.append(note);
  setTimeout(() => note.remove(), isError ? 12000 : 5000);
}

/**
 * Asks before something that cannot be undone.
 * @returns {Promise<boolean>}
 */
export function confirmed(question, yes) {
  return new Promise((resolve) => {
    const dialog = h('dialog', { close: () => { resolve(dialog.returnValue === 'yes'); dialog.remove(); } },
      h('form', { method: 'dialog' },
        h('p', {}, question),
        h('div.row.end', {},
          h('button', { value: 'no', autofocus: true }, 'No'),
          h('button.danger', { value: 'yes' }, yes))));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Runs an action that nobody waits for, and shows its error. Leaving a page aborts its calls, which is no error. */
export function attempt(action) {
  action().catch((error) => { if (error.name !== 'AbortError') notify(error.message, true); });
}

/** A button that is disabled while its action runs, and that shows the error of a failed one. */
export function actionButton(label, action, kind = '') {
  const button = h('button' + (kind && '.' + kind), {
    'data-key': label,
    click: async () => {
      button.disabled = true;
      try {
        await action();
      } catch (error) {
        notify(error.message, true);
      } finally {
        button.disabled = false;
      }
    },
  }, label);
  return button;
}

/**
 * Calls a function when the size of an element or the colours of the page change, until the element leaves the page.
 * @param {HTMLElement} element
 * @param {{size: function(): void, colours: function(): void, end?: function(): void}} calls
 */
export function whileOnPage(element, { size, colours, end = () => {} }) {
  const scheme = matchMedia('(prefers-color-scheme: dark)'); // holds its listeners for as long as the page lives
  const observer = new ResizeObserver(() => {
    if (element.isConnected) {
      size();
      return;
    }
    observer.disconnect();
    scheme.removeEventListener('change', colours);
    end();
  });
  observer.observe(element);
  scheme.addEventListener('change', colours);
}

/** A button that copies a text. */
export function copyButton(text, label = 'Copy') {
  return h('button.small', {
    'aria-label': label === 'Copy' ? `Copy ${text.slice(0, 40)}` : null,
    click: async () => {
      try {
        await navigator.clipboard.writeText(text);
        notify('Copied.');
      } catch {
        notify('The browser does not allow copying here.', true);
      }
    },
  }, label);
}

/**
 * Runs an action with a signal for its calls, which ends them when the page is left or hidden, because browsers allow
 * six connections to a host.
 * @param {AbortSignal} signal of the page
 * @param {function(AbortSignal): Promise<*>} action
 */
export async function whileVisible(signal, action) {
  const hidden = new AbortController();
  const hide = () => { if (document.hidden) hidden.abort(); };
  document.addEventListener('visibilitychange', hide);
  try {
    return await action(AbortSignal.any([signal, hidden.signal]));
  } finally {
    document.removeEventListener('visibilitychange', hide);
  }
}

/**
 * An action that runs once at a time. Calls during a run get the result of one more run, which follows it.
 * @param {function(): Promise<*>} action
 * @returns {function(): Promise<*>}
 */
export function oneAtATime(action) {
  let running = null;
  let next = null;
  const start = () => {
    running = action().finally(() => { running = null; });
    return running;
  };
  return () => {
    if (!running) return start();
    next ??= running.catch(() => {}).then(() => { next = null; return start(); });
    return next;
  };
}

/**
 * Calls a function now and then again and again, while the page is visible. A failed call shows its error once.
 * @param {function(): Promise<*>} refresh
 * @param {number} millis pause after each call
 * @param {AbortSignal} signal ends it
 */
export async function repeatWhileVisible(refresh, millis, signal) {
  let failed = false;
  while (!signal.aborted) {
    if (!document.hidden) {
      try {
        await refresh();
        failed = false;
      } catch (error) {
        if (error.name !== 'AbortError') {
          if (!failed) notify(error.message, true);
          failed = true;
        }
      }
    }
    await pause(millis, signal);
  }
}

/** Waits for some time, or until the page becomes visible, or until the signal. */
export function pause(millis, signal) {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', shown);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const shown = () => { if (!document.hidden) end(); };
    const timer = setTimeout(end, millis);
    document.addEventListener('visibilitychange', shown);
    signal?.addEventListener('abort', end, { once: true });
  });
}
