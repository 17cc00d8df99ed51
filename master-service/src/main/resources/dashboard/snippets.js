/** The same call as a curl command, as a command of the launcher and as Java code. */

/** A text in single quotes for a shell. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** A string literal of Java. */
const literal = (text) => JSON.stringify(text);

/** @typedef {{file: string, method: string, args: string, options: Object}} Call `args` is the JSON text */

const MAX_LISTED = 1000;

/** The range of the arguments, with all digits of its numbers; null if they are a list. */
function rangeOf(args) {
  const found = /^\{"range":\{"from":(-?\d+),"to":(-?\d+)(?:,"step":(-?\d+))?\}\}$/.exec(args);
  return found && { from: found[1], to: found[2], step: found[3] ?? '1' };
}

/** The range of the arguments, if they are one with step 1. */
function simpleRange(args) {
  const range = rangeOf(args);
  return range?.step === '1' ? range : null;
}

/** @param {Call} call */
export function asCurl(call) {
  const master = location.origin + location.pathname.replace(/\/$/, '');
  const options = Object.entries(call.options).flatMap(([name, value]) => {
    if (name !== 'labels' && name !== 'requires') return [`${name}=${value}`];
    return Object.entries(value).map(([key, text]) => `${name}.${key}=${text}`);
  });
  const range = simpleRange(call.args);
  const args = range ? `range=${range.from}..${range.to}` : `args=${call.args}`;
  return [
    'A="Authorization: Bearer $(cat ~/.minimalcluster/data/authkey)"',
    `curl -H "$A" ${quoted(master + '/api/v1/run')} \\`,
    `  -F source=@${call.file} \\`,
    ...[`function=${call.method}`, args, ...options].map((part, place, all) => `  --form-string ${quoted(part)}${place < all.length - 1 ? ' \\' : ''}`),
  ].join('\n');
}

const FLAGS = {
  name: '--name', priority: '--priority', taskTimeoutSeconds: '--task-timeout', deadlineSeconds: '--deadline',
  maxAttempts: '--max-attempts', maxFailures: '--max-failures', batchSize: '--batch-size', reduce: '--reduce',
};

/** @param {Call} call */
export function asCommand(call) {
  const range = simpleRange(call.args);
  const options = Object.entries(call.options).flatMap(([name, value]) => {
    if (name === 'network') return ['--network'];
    if (FLAGS[name]) return [`${FLAGS[name]} ${/^[\w.%-]+$/.test(value) ? value : quoted(String(value))}`];
    return Object.entries(value).map(([key, text]) => `${name === 'labels' ? '--label' : '--requires'} ${quoted(`${key}=${text}`)}`);
  });
  return [`./minimalcluster run ${call.file}`, `-f ${quoted(call.method)}`,
    range ? `--range ${range.from}..${range.to}` : `--args ${quoted(listed(call.args))}`, ...options].join(' \\\n  ');
}

/** The arguments as a list; the command line has no steps. */
function listed(args) {
  const range = rangeOf(args);
  if (!range) return args;
  const [from, to, step] = [range.from, range.to, range.step].map(Number);
  const size = Math.max(0, Math.ceil((to - from) / step));
  if (!step || size > MAX_LISTED || ![from, to, step].every(Number.isSafeInteger)) {
    throw new Error('The command line has no steps. Use curl or Java, or a list of arguments.');
  }
  return JSON.stringify(Array.from({ length: size }, (each, place) => from + place * step));
}

/** @param {Call} call */
export function asJava(call) {
  const body = call.options.reduce ? reduceInJava(call) : mapInJava(call);
  return `import io.minimalcluster.client.*;
import io.minimalcluster.model.job.*;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

void main() throws Exception {
    // the master of MINIMALCLUSTER_URL and MINIMALCLUSTER_AUTHKEY, or else of ./minimalcluster up
    try (Cluster cluster = Cluster.connect()) {
        var code = cluster.load(Path.of(${literal(call.file)}));
${body}
    }
}`;
}

/** Maps the function. Arguments and values are JSON, because the types of the program are not known here. */
function mapInJava(call) {
  const range = rangeOf(call.args);
  const last = range?.step.startsWith('-') ? '>' : '<';
  const [type, args] = !range ? ['JsonNode', `JsonMapper.shared().readTree(${literal(call.args)})`]
    : range.step === '1' ? ['Long', `LongStream.range(${range.from}L, ${range.to}L).boxed()`]
      : ['Long', `LongStream.iterate(${range.from}L, x -> x ${last} ${range.to}L, x -> x + ${range.step}L).boxed()`];
  const options = optionsInJava(call);
  return `        var function = code.function(${literal(call.method)}, ${type}.class, JsonNode.class)${options && `
                .options(all -> all${options})`};
        try (Stream<JsonNode> values = function.stream(${args})) {
            values.forEach(IO::println);
        }`;
}

/** Submits a job, and waits for the reduced value without reading the others. */
function reduceInJava(call) {
  const range = rangeOf(call.args);
  const args = range ? `new Arguments.Range(new TaskRange(${range.from}L, ${range.to}L, ${range.step}L))`
    : `new Arguments.Json(${literal(call.args)})`;
  return `        JobOptions options = JobOptions.builder()${optionsInJava(call)}.build();
        Job job = cluster.client().submit(
                NewJob.of(code.environment().id(), ${literal(call.method)}, ${args}).with(options));
        IO.println(cluster.client().await(job.id()).reduced());`;
}

const optionsInJava = (call) => Object.entries(call.options).map(([name, value]) => `.${name}(${javaValue(name, value)})`).join('');

function javaValue(name, value) {
  if (name === 'labels' || name === 'requires') return `Map.ofEntries(${Object.entries(value).map((pair) => `Map.entry(${pair.map(literal).join(', ')})`).join(', ')})`;
  if (name === 'maxFailures') return `MaxFailures.of(${literal(String(value))})`;
  if (name.endsWith('Seconds')) return `${value}${Number.isInteger(value) ? '.0' : ''}`;
  return typeof value === 'string' ? literal(value) : String(value);
}
