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
  const range = rangeOf(call.args);
  const isSimple = range?.step === '1';
  const args = isSimple ? `Arguments.range(${range.from}L, ${range.to}L)`
    : range ? `new Arguments.Range(new TaskRange(${range.from}L, ${range.to}L, ${range.step}L))`
      : `new Arguments.Json(${literal(call.args)})`;
  const options = Object.entries(call.options).map(([name, value]) => `.${name}(${javaValue(name, value)})`).join('');
  return `import io.minimalcluster.client.*;
import io.minimalcluster.model.job.*;
import java.net.URI;
import java.nio.file.*;
import java.util.Map;

void main() throws Exception {
    Path key = Path.of(System.getProperty("user.home"), ".minimalcluster/data/authkey");
    try (Client cluster = new Client(URI.create(${literal(location.origin + location.pathname.replace(/\/$/, ''))}), Authkey.in(key))) {
        var code = cluster.load(${literal(call.file)}, Files.readString(Path.of(${literal(call.file)})));
        JobOptions options = JobOptions.builder()${options}.build();
        Job job = cluster.submit(NewJob.of(code.id(), ${literal(call.method)}, ${args}).with(options));
        System.out.println(cluster.await(job.id()));
        try (var values = cluster.values(job.id(), Object.class)) {
            values.limit(10).forEach(System.out::println);
        }
    }
}`;
}

function javaValue(name, value) {
  if (name === 'labels' || name === 'requires') return `Map.ofEntries(${Object.entries(value).map((pair) => `Map.entry(${pair.map(literal).join(', ')})`).join(', ')})`;
  if (name === 'maxFailures') return `MaxFailures.of(${literal(String(value))})`;
  if (name.endsWith('Seconds')) return `${value}${Number.isInteger(value) ? '.0' : ''}`;
  return typeof value === 'string' ? literal(value) : String(value);
}
