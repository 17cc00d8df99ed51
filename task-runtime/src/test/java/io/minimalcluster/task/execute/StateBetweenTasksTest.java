package io.minimalcluster.task.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.task.FrameConversation.Outcomes;
import io.minimalcluster.task.compile.TestBundles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class StateBetweenTasksTest extends InProcessTest {
    @Test
    void fieldsOutliveABatch() throws IOException {
        load("int calls = 0; int count(int x) { return ++calls; }", "count(int)");

        talk.run("0", "0");

        assertThat(talk.run("0").values()).containsExactly("3");
    }

    @Test
    void fieldsOutliveAnotherLoadOfTheSameBundle() throws IOException {
        Path bundle = TestBundles.write(
                folder, "int calls = 0; int a(int x) { return ++calls; } int b(int x) { return ++calls; }");
        talk.load(bundle, "a(int)");
        talk.run("0", "0");
        talk.load(bundle, "b(int)");

        assertThat(talk.run("0").values()).containsExactly("3");
    }

    @Test
    void anotherBundleHasNewStatics() throws IOException {
        String source = "static int calls = 0; int a(int x) { return ++calls; }";
        talk.load(TestBundles.write(folder, source), "a(int)");
        talk.run("0");
        talk.load(TestBundles.write(folder, source), "a(int)");

        assertThat(talk.run("0").values()).containsExactly("1");
    }

    @Test
    void taskOutputIsTruncatedAtWholeCharacters() throws IOException {
        TaskOutput output = new TaskOutput();
        output.limit(5);
        output.write("ab€€".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 8);

        TaskOutput.Printed printed = output.drain();

        assertThat(printed).isEqualTo(new TaskOutput.Printed("ab€", true));
        assertThat(output.drain()).isEqualTo(new TaskOutput.Printed("", false));
    }

    @Test
    void userCodeSeesNoClassesOfTheRuntime() throws IOException {
        load("String find(String name) throws Exception { return Class.forName(name).getName(); }", "find(String)");

        Outcomes outcomes = talk.run(
                "\"io.minimalcluster.task.TaskRuntime\"", "\"tools.jackson.core.JsonParser\"", "\"java.sql.Date\"");

        assertThat(outcomes.error(0).type()).isEqualTo("java.lang.ClassNotFoundException");
        assertThat(outcomes.error(1).type()).isEqualTo("java.lang.ClassNotFoundException");
        assertThat(outcomes.value(2)).isEqualTo("\"java.sql.Date\"");
    }

    @Test
    void contextClassLoaderIsThatOfUserCode() throws IOException {
        load(
                "boolean f() { return Thread.currentThread().getContextClassLoader() == getClass().getClassLoader(); }",
                "f()");

        assertThat(talk.run("0").values()).containsExactly("true");
    }

    @Test
    void interruptByUserCodeIsIgnored() throws IOException {
        load(
                "boolean f(int x) { boolean was = Thread.interrupted(); Thread.currentThread().interrupt(); return was; }",
                "f(int)");

        assertThat(talk.run("1").values()).containsExactly("false");
        assertThat(talk.run("1").values()).containsExactly("false");
    }

    @Test
    void taskStartsWithoutAnInterruptOfThePreviousOne() throws IOException {
        load("""
                String f(int x) throws Exception {
                    if (x == 0) { Thread.currentThread().interrupt(); return "interrupted"; }
                    Thread.sleep(1);
                    return "ok";
                }
                """, "f(int)");

        assertThat(talk.run("0", "1", "0").values()).containsExactly("\"interrupted\"", "\"ok\"", "\"interrupted\"");
        assertThat(talk.run("1").values()).containsExactly("\"ok\"");
    }

    @Test
    void threadIsRestoredAfterATask() throws IOException {
        load("""
                String f(int x) {
                    Thread t = Thread.currentThread();
                    String found = t.getName() + t.getPriority() + (t.getContextClassLoader() == getClass().getClassLoader())
                            + Thread.getDefaultUncaughtExceptionHandler();
                    t.setName("mine");
                    t.setPriority(1);
                    t.setContextClassLoader(null);
                    Thread.setDefaultUncaughtExceptionHandler((a, b) -> {});
                    return found;
                }
                """, "f(int)");

        Outcomes outcomes = talk.run("0", "1", "2");

        assertThat(outcomes.value(0)).endsWith("5truenull\"");
        assertThat(outcomes.values()).containsOnly(outcomes.value(0));
    }

    @Test
    void failedTaskIsFollowedByARestoredThread() throws IOException {
        load("""
                int f(int x) {
                    if (x == 0) { Thread.currentThread().interrupt(); throw new IllegalStateException(); }
                    return Thread.interrupted() ? 1 : 2;
                }
                """, "f(int)");

        assertThat(talk.run("0", "1").value(1)).isEqualTo("2");
    }
}
