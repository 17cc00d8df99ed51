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

/** Writes a response body to a file. Distinguishes write failures from network failures. */
final class FileBodySubscriber implements BodySubscriber<Path>, AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private final CompletableFuture<Path> result = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    private volatile @Nullable IOException writeFailure;

    /**
     * Creates the file.
     *
     * @throws IOException if the file cannot be created
     */
    FileBodySubscriber(Path file) throws IOException {
        this.file = file;
        this.out = Files.newOutputStream(file);
    }

    /** The failure to write the file, if there was one. */
    Optional<IOException> writeFailure() {
        return Optional.ofNullable(writeFailure);
    }

    @Override
    public CompletionStage<Path> getBody() {
        return result;
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
            writeFailure = e;
            if (subscription != null) {
                subscription.cancel();
            }
            result.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable error) {
        result.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        result.complete(file);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
