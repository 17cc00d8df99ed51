package io.minimalcluster.worker.launch;

import io.minimalcluster.task.frame.MarksView;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What every launch goes through, whatever the walls: a claim, a file of marks, a command, the thread that forks. */
final class Forge implements AutoCloseable {
    private final Claims claims;
    private final @Nullable IntFunction<OtherUser> users;
    private final JdkHome jdk;
    private final JavaCommand java;
    private final ForkThread thread = new ForkThread();

    /** @param users who the child with a number is to be; null where there is no way to change the user */
    Forge(Claims claims, @Nullable IntFunction<OtherUser> users, JdkHome jdk) {
        this.claims = claims;
        this.users = users;
        this.jdk = jdk;
        this.java = new JavaCommand(jdk);
    }

    JdkHome jdk() {
        return jdk;
    }

    JavaCommand java() {
        return java;
    }

    Claim claim(Walls walls) throws IOException {
        return claims.claim(walls.changesUser() ? users : null);
    }

    MarksView marks(Claim claim) throws IOException {
        MarksView marks = MarksView.create(claim.marks());
        Claim.allow(claim.marks(), claim.user().isPresent() ? "rw-rw----" : "rw-------");
        return marks;
    }

    ProcessBuilder command(
            Walls walls, Claim claim, LaunchRequest request, BiFunction<LaunchRequest, Sight, List<String>> java) {
        Sight sight = walls.sight(request.jar(), claim);
        ProcessBuilder command = new ProcessBuilder(walls.around(java.apply(request, sight), claim, request))
                .directory(claim.tmp().toFile());
        command.environment().clear();
        command.environment().put("LANG", "C.UTF-8");
        return command;
    }

    Process fork(ProcessBuilder command) throws IOException {
        return thread.fork(command);
    }

    @Override
    public void close() {
        thread.close();
    }
}
