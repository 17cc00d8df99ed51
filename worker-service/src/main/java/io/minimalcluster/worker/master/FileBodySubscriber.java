package io.minimalcluster.worker.master;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Writes the body of an answer to a file. Tells a file that can't be written from a network that fails. */
final class FileBodySubscriber implements BodySubscriber<Path>, AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private final CompletableFuture<Path> whole = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    private volatile @Nullable IOException unwritten;

    /** @throws IOException if the file can't be made */
    FileBodySubscriber(Path file) throws IOException {
        this.file = file;
        this.out = Files.newOutputStream(file);
    }

    /** Why the file could not be written, if it could not. */
    Optional<IOException> unwritten() {
        return Optional.ofNullable(unwritten);
    }

    @Override
    public CompletionStage<Path> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        try {
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                out.write(bytes);
            }
            if (subscription != null) {
                subscription.request(1);
            }
        } catch (IOException e) {
            unwritten = e;
            if (subscription != null) {
                subscription.cancel();
            }
            whole.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable error) {
        whole.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        whole.complete(file);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
