/** The form for arguments and options of a job. */

import { h } from './dom.js';

const REDUCTIONS = ['', 'sum', 'count', 'min', 'max', 'mean'];

/** A labelled field; `help` is below it. */
function field(id, label, input, help) {
  return h('div.field', {}, h('label', { for: id }, label), input, help ? h('span.quiet', {}, help) : null);
}

const numberField = (id, more) => h('input', { id, type: 'number', ...more });

/** Name and value pairs, one a line: `team=x`. @throws {Error} for a line without `=` */
function pairs(text, name) {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  for (const line of lines) if (!line.includes('=')) throw new Error(`${name}: write one name=value a line.`);
  return lines.length ? Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])) : undefined;
}

/** The form of the arguments: a list as JSON, or a range. `changed` is called after each change. */
export function argumentsForm(changed) {
  const json = h('textarea', { id: 'args', rows: 3, spellcheck: 'false', input: changed }, '[1, 2, 3]');
  const from = numberField('from', { value: 0, input: changed });
  const to = numberField('to', { value: 1000, input: changed });
  const step = numberField('step', { value: 1, input: changed });
  const range = h('div.row.range', {},
    field('from', 'From', from), field('to', 'To, exclusive', to), field('step', 'Step', step));
  const list = h('div', {}, h('label', { for: 'args' }, 'A JSON array; of a function with several parameters, an array for each task'), json);
  const kinds = ['Range', 'List'];
  let kind = 'Range';
  const chips = h('div.chips', { role: 'group', 'aria-label': 'Kind of arguments' });
  const show = (chosen) => {
    kind = chosen;
    chips.replaceChildren(...kinds.map((each) => h('button.chip', {
      type: 'button', 'aria-pressed': String(each === kind), click: () => { show(each); changed(); },
    }, each)));
    range.hidden = kind !== 'Range';
    list.hidden = kind !== 'List';
  };
  show(kind);
  return {
    element: h('fieldset', {}, h('legend', {}, 'Arguments'), chips, range, list),
    /** The JSON text of `args`. @throws {Error} if the form is wrong */
    text() {
      if (kind === 'Range') {
        for (const each of [from, to, step]) if (!/^-?\d+$/.test(each.value)) throw new Error('A range has whole numbers.');
        return `{"range":{"from":${from.value},"to":${to.value}${step.value === '1' ? '' : `,"step":${step.value}`}}}`;
      }
      try {
        if (!Array.isArray(JSON.parse(json.value))) throw new Error('');
      } catch {
        throw new Error('The arguments are not a JSON array.');
      }
      return json.value.trim();
    },
    /** Sets a range with step 1, or a list. */
    set(args) {
      show(args.range ? 'Range' : 'List');
      if (args.range) {
        [from.value, to.value, step.value] = [...args.range, 1];
      } else {
        json.value = args.list;
      }
    },
  };
}

/** The form of the options. */
export function optionsForm(changed) {
  const fields = {
    name: h('input', { id: 'name', maxlength: 200 }),
    labels: h('textarea', { id: 'labels', rows: 2, placeholder: 'team=x', spellcheck: 'false' }),
    priority: numberField('priority', { min: 0, max: 9, placeholder: 5 }),
    taskTimeoutSeconds: numberField('task-timeout', { min: 0, step: 'any', placeholder: 3600 }),
    deadlineSeconds: numberField('deadline', { min: 0, step: 'any' }),
    maxAttempts: numberField('max-attempts', { min: 1, placeholder: 3 }),
    maxFailures: h('input', { id: 'max-failures', placeholder: '100 or 10%', pattern: '\\d+%?' }),
    batchSize: numberField('batch-size', { min: 1, placeholder: 'adaptive' }),
    requires: h('textarea', { id: 'requires', rows: 2, placeholder: 'gpu=yes', spellcheck: 'false' }),
    network: h('input', { id: 'network', type: 'checkbox' }),
  };
  const reduce = h('input', { id: 'reduce', list: 'reductions', placeholder: 'none', size: 10, input: changed });
  const more = h('details', {}, h('summary', {}, 'Options'),
    h('div.fields', {},
      field('name', 'Name', fields.name), field('priority', 'Priority, 0 to 9', fields.priority),
      field('task-timeout', 'Timeout of a task, seconds', fields.taskTimeoutSeconds),
      field('deadline', 'Deadline, seconds', fields.deadlineSeconds),
      field('max-attempts', 'Attempts of a crashing task', fields.maxAttempts),
      field('max-failures', 'Failed tasks tolerated', fields.maxFailures),
      field('batch-size', 'Tasks of a batch', fields.batchSize),
      field('labels', 'Labels', fields.labels), field('requires', 'Required labels of workers', fields.requires),
      field('network', 'Needs the network', fields.network)));
  more.addEventListener('input', changed);
  const numeric = ['priority', 'taskTimeoutSeconds', 'deadlineSeconds', 'maxAttempts', 'batchSize'];
  return {
    element: h('div', {}, field('reduce', 'Reduce to one value', reduce, 'or the name of a method'),
      h('datalist', { id: 'reductions' }, REDUCTIONS.filter(Boolean).map((each) => h('option', { value: each }))), more),
    /** The options that differ from the defaults. @throws {Error} if the form is wrong */
    value() {
      const value = {};
      if (fields.name.value.trim()) value.name = fields.name.value.trim();
      if (reduce.value.trim()) value.reduce = reduce.value.trim();
      for (const each of numeric) if (fields[each].value !== '') value[each] = Number(fields[each].value);
      const failures = fields.maxFailures.value.trim();
      if (failures) value.maxFailures = failures.endsWith('%') ? failures : Number(failures);
      value.labels = pairs(fields.labels.value, 'Labels');
      value.requires = pairs(fields.requires.value, 'Required labels');
      if (fields.network.checked) value.network = true;
      return JSON.parse(JSON.stringify(value)); // without undefined members
    },
    set(options) { reduce.value = options.reduce || ''; },
  };
}
