package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.task.frame.MarksView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Starts JVMs behind the walls that were found to work here. Its children end with it, and with this process. */
public final class Launcher implements AutoCloseable {
    private static final int ROOT = 0;

    private final Claims claims;
    private final Forge forge;
    private final Walls walls;
    private final Set<ForkedJvm> alive = ConcurrentHashMap.newKeySet();

    private Launcher(Claims claims, Forge forge, Walls walls) {
        this.claims = claims;
        this.forge = forge;
        this.walls = walls;
    }

    /**
     * Tries what works here by really starting a JVM, strongest first.
     *
     * @throws IsolationUnavailable if nothing does that is strong enough
     * @throws IOException if the folder for the children's files can't be used
     */
    public static Launcher open(LaunchSettings settings) throws IOException {
        return open(settings, Tools.ofSystem(), Claims.open());
    }

    static Launcher open(LaunchSettings settings, Tools tools, Claims claims) throws IOException {
        JdkHome jdk = JdkHome.find();
        Forge forge = new Forge(claims, users(settings, tools), jdk);
        try {
            Candidates candidates = new Candidates(tools, jdk, isRoot(claims.folder()));
            return new Launcher(claims, forge, new Probe(candidates, forge, settings).strongest());
        } catch (IOException | RuntimeException unusable) {
            forge.close();
            throw unusable;
        }
    }

    private static @Nullable IntFunction<OtherUser> users(LaunchSettings settings, Tools tools) {
        return tools.find("setpriv")
                .<IntFunction<OtherUser>>map(
                        program -> number -> new OtherUser(program, settings.firstUserId() + number))
                .orElse(null);
    }

    private static boolean isRoot(Path own) throws IOException {
        return FileTree.isPosix(own) && Files.getAttribute(own, "unix:uid").equals(ROOT);
    }

    /** How well the children are walled off. */
    public Isolation isolation() {
        return walls.level();
    }

    /** A folder whose files children can read, if their modes let them; it belongs to this user, and stays. */
    public Path folder() {
        return claims.folder();
    }

    /** Starts a JVM; its first frame says that it is ready. */
    public ForkedJvm launch(LaunchRequest request) throws IOException {
        Claim claim = forge.claim(walls);
        try {
            MarksView marks = request.marked() ? forge.marks(claim) : null;
            Process process = forge.fork(forge.command(walls, claim, request, forge.java()::run));
            ForkedJvm jvm = new ForkedJvm(process, new ForkedFiles(claim, walls, marks), request, alive::remove);
            alive.add(jvm);
            return jvm;
        } catch (IOException | RuntimeException failed) {
            claim.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        alive.forEach(ForkedJvm::kill);
        alive.forEach(ForkedJvm::end);
        forge.close();
    }
}
