/** The same call as a curl command, as a command of the launcher and as Java code. */

/** A text in single quotes for a shell. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** A string literal of Java. */
const literal = (text) => JSON.stringify(text);

/** @typedef {{file: string, method: string, args: string, options: Object}} Call `args` is the JSON text */

/** The range of the arguments, if they are one with step 1. */
function simpleRange(args) {
  const range = JSON.parse(args).range;
  return range && (range.step ?? 1) === 1 ? range : null;
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
    ...[`function=${call.method}`, args, ...options].map((part, place, all) => `  -F ${quoted(part)}${place < all.length - 1 ? ' \\' : ''}`),
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
  const range = JSON.parse(args).range;
  if (!range) return args;
  const list = [];
  for (let at = range.from; range.step > 0 ? at < range.to : at > range.to; at += range.step) list.push(at);
  return JSON.stringify(list);
}

/** @param {Call} call */
export function asJava(call) {
  const range = JSON.parse(call.args).range;
  const isSimple = range && (range.step ?? 1) === 1;
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
    try (Client cluster = new Client(URI.create(${literal(location.origin)}), Authkey.in(key))) {
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
  if (name === 'labels' || name === 'requires') return `Map.of(${Object.entries(value).flat().map(literal).join(', ')})`;
  if (name === 'maxFailures') return `MaxFailures.of(${literal(String(value))})`;
  if (name.endsWith('Seconds')) return `${value}${Number.isInteger(value) ? '.0' : ''}`;
  return typeof value === 'string' ? literal(value) : String(value);
}
