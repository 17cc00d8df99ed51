package io.minimalcluster.worker.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.worker.Isolation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** System calls from inside a bubblewrap sandbox. Without bubblewrap there is nothing to filter. */
class SeccompTest {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    /** The numbers on x86-64 and aarch64, arguments, and the expected error. */
    private static final String CALLS = """
            io_uring_setup 425 425 : 38, io_uring_enter 426 426 : 38, io_uring_register 427 427 : 38
            memfd_create 319 279 : 38, memfd_secret 447 447 : 38, clone3 435 435 : 38
            shmget 29 194 : 38, msgget 68 186 : 38, semget 64 190 : 38, mq_open 240 180 : 38
            userfaultfd 323 282 : 1, bpf 321 280 : 1, perf_event_open 298 241 : 1
            add_key 248 217 : 1, request_key 249 218 : 1, keyctl 250 219 : 1
            ptrace 101 117 : 1, process_vm_readv 310 270 : 1, process_vm_writev 311 271 : 1, kcmp 312 272 : 1
            pidfd_getfd 438 438 : 1, unshare 272 97 : 1, setns 308 268 : 1, mount 165 40 : 1, umount2 166 39 : 1
            pivot_root 155 41 : 1, chroot 161 51 : 1, open_tree 428 428 : 1, move_mount 429 429 : 1
            fsopen 430 430 : 1, fsconfig 431 431 : 1, fsmount 432 432 : 1, fspick 433 433 : 1
            mount_setattr 442 442 : 1, open_by_handle_at 304 265 : 1, kexec_load 246 104 : 1
            kexec_file_load 320 294 : 1, init_module 175 105 : 1, finit_module 313 273 : 1, delete_module 176 106 : 1
            quotactl 179 60 : 1, quotactl_fd 443 443 : 1, swapon 167 224 : 1, reboot 169 142 : 1, syslog 103 116 : 1
            clock_settime 227 112 : 1, fanotify_init 300 262 : 1, vmsplice 278 75 : 1
            """;

    @Test
    void refusedCallsFailInsideBubblewrap() throws Exception {
        assertThat(SupportedIsolationLevels.all().toList()).isNotEmpty();
        if (!SupportedIsolationLevels.isSupported(Isolation.BUBBLEWRAP)) {
            return;
        }
        try (Launcher launcher = Launcher.open(SupportedIsolationLevels.only(Isolation.BUBBLEWRAP));
                TestChildProcess child = TestChildProcess.start(launcher)) {
            Map<String, String> expected = expected();
            String answer = child.ask("calls " + String.join(",", expected.keySet()));
            String[] errors = answer.split(",", -1);
            int at = 0;
            for (Map.Entry<String, String> call : expected.entrySet()) {
                assertThat(errors[at++]).as("error of call %s", call.getKey()).isEqualTo(call.getValue());
            }
            assertThat(child.ask("read /proc/self/status")).contains("Seccomp:\t2");
            assertThat(child.ask("links /proc/self/fd")).doesNotContain("seccomp", "bpf");
        }
    }

    private static Map<String, String> expected() {
        Map<String, String> expected = new LinkedHashMap<>();
        for (String call : CALLS.strip().split("[,\\n]", -1)) {
            String[] words = call.strip().split(" ", -1);
            expected.put(words[SystemCalls.IS_X86 ? 1 : 2], words[4]);
        }
        int socket = SystemCalls.IS_X86 ? 41 : 198;
        int pair = SystemCalls.IS_X86 ? 53 : 199;
        for (int family = 0; family <= 46; family++) {
            if (family != 1 && family != 2 && family != 10 && family != 16) {
                expected.put(socket + ":" + family + ":2:0", String.valueOf(EAFNOSUPPORT));
                expected.put(pair + ":" + family + ":2:0", String.valueOf(EAFNOSUPPORT));
            }
        }
        expected.put(socket + ":2:3:255", String.valueOf(EAFNOSUPPORT)); // raw
        expected.put(socket + ":2:1:132", String.valueOf(EAFNOSUPPORT)); // SCTP
        expected.put(socket + ":2:5:0", String.valueOf(EAFNOSUPPORT));
        expected.put(socket + ":16:3:12", String.valueOf(EAFNOSUPPORT)); // netfilter
        expected.put(socket + ":1:1:0", "0");
        expected.put(socket + ":2:1:0", "0");
        expected.put(socket + ":10:526338:17", "0"); // UDP, not blocking
        expected.put(socket + ":16:3:0", "0");
        expected.put((SystemCalls.IS_X86 ? 56 : 220) + ":" + (0x1000_0000 | 17), String.valueOf(EPERM));
        expected.put((SystemCalls.IS_X86 ? 16 : 29) + ":0:" + 0x5412, String.valueOf(EPERM));
        expected.put((SystemCalls.IS_X86 ? 135 : 92) + ":" + 0x0040_000, String.valueOf(EPERM));
        expected.put("1000", String.valueOf(ENOSYS));
        expected.put(String.valueOf(0x4000_0000 | 39), String.valueOf(ENOSYS)); // getpid of x32
        return expected;
    }
}
