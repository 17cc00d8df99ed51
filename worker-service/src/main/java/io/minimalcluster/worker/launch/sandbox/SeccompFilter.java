package io.minimalcluster.worker.launch.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The seccomp filter of a bubblewrap sandbox: a list of system calls that tasks do not need and that reach much of the
 * kernel, or memory that no limit counts. A refused call fails as if the kernel did not have it, or with EPERM.
 */
public final class SeccompFilter {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    /**
     * The last known call; later ones are refused, and with them on x86-64 those of the x32 ABI, whose numbers have
     * another bit.
     */
    private static final int LAST_CALL = 462;

    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
    private static final int NEW_NAMESPACES = 0x7e02_0000;

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int SOCKET_TYPE = 0xf;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;

    private static final int TIOCSTI = 0x5412;
    private static final int TIOCLINUX = 0x541c;
    private static final int CURRENT_PERSONALITY = -1;

    /** Calls without which programs use older ones: of asynchronous input, and of memory that no limit counts. */
    private static final String ABSENT = """
            io_uring_setup 425 425, io_uring_enter 426 426, io_uring_register 427 427
            clone3 435 435, memfd_create 319 279, memfd_secret 447 447, shmget 29 194, msgget 68 186, semget 64 190
            mq_open 240 180
            """;

    private static final String REFUSED = """
            userfaultfd 323 282, bpf 321 280, perf_event_open 298 241, add_key 248 217, request_key 249 218
            keyctl 250 219, ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271
            process_madvise 440 440, kcmp 312 272, pidfd_getfd 438 438, vmsplice 278 75
            unshare 272 97, setns 308 268, mount 165 40, umount2 166 39, pivot_root 155 41, chroot 161 51
            open_tree 428 428, move_mount 429 429, fsopen 430 430, fsconfig 431 431, fsmount 432 432, fspick 433 433
            mount_setattr 442 442, statmount 457 457, listmount 458 458
            name_to_handle_at 303 264, open_by_handle_at 304 265, fanotify_init 300 262, fanotify_mark 301 263
            kexec_load 246 104, kexec_file_load 320 294, init_module 175 105, finit_module 313 273
            delete_module 176 106, create_module 174 -, get_kernel_syms 177 -, query_module 178 -
            quotactl 179 60, quotactl_fd 443 443, swapon 167 224, swapoff 168 225, reboot 169 142, acct 163 89
            syslog 103 116, vhangup 153 58, settimeofday 164 170, clock_settime 227 112, clock_adjtime 305 266
            adjtimex 159 171, sethostname 170 161, setdomainname 171 162, lookup_dcookie 212 18, nfsservctl 180 42
            iopl 172 -, ioperm 173 -, modify_ldt 154 -, uselib 134 -, ustat 136 -, sysfs 139 -, _sysctl 156 -
            move_pages 279 239, migrate_pages 256 238, mbind 237 235, set_mempolicy 238 237
            set_mempolicy_home_node 450 450
            """;

    private static final String NAME = "seccomp.bpf";

    private SeccompFilter() {}

    /** The architectures with a filter, with the numbers of calls whose arguments it checks. */
    enum Architecture {
        X86_64("amd64", 1, 0xc000_003e, 56, 41, 53, 16, 135),
        AARCH64("aarch64", 2, 0xc000_00b7, 220, 198, 199, 29, 92);

        private final String javaName;
        private final int column;
        private final int audit;
        private final int clone;
        private final int socket;
        private final int socketPair;
        private final int ioctl;
        private final int personality;

        Architecture(
                String javaName,
                int column,
                int audit,
                int clone,
                int socket,
                int socketPair,
                int ioctl,
                int personality) {
            this.javaName = javaName;
            this.column = column;
            this.audit = audit;
            this.clone = clone;
            this.socket = socket;
            this.socketPair = socketPair;
            this.ioctl = ioctl;
            this.personality = personality;
        }

        static Optional<Architecture> current() {
            String name = System.getProperty("os.arch", "");
            return Arrays.stream(values())
                    .filter(each -> each.javaName.equals(name))
                    .findFirst();
        }
    }

    /** The file of the filter in the folder of the slots; empty on an architecture without one. */
    public static Optional<Path> beside(SandboxSlot sandboxSlot) {
        return Architecture.current().map(_ -> sandboxSlot.folder().resolveSibling(NAME));
    }

    /** Writes the filter to the folder of the slots. */
    static void write(Path slots) throws IOException {
        Optional<Architecture> architecture = Architecture.current();
        if (architecture.isEmpty()) {
            return;
        }
        Path file = slots.resolve(NAME);
        byte[] program = of(architecture.get()).bytes();
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), program)) {
            return;
        }
        Path written = Files.createTempFile(slots, "seccomp", null);
        Files.write(written, program);
        SandboxSlot.allow(written, "r--r--r--");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static SeccompProgram of(Architecture architecture) {
        SeccompProgram program = new SeccompProgram()
                .loadArchitecture()
                .ifNotEqual(architecture.audit)
                .fail(ENOSYS)
                .loadNumber()
                .ifGreater(LAST_CALL)
                .fail(ENOSYS);
        numbers(ABSENT, architecture).forEach(call -> program.ifEqual(call).fail(ENOSYS));
        numbers(REFUSED, architecture).forEach(call -> program.ifEqual(call).fail(EPERM));
        onCall(program, architecture.clone, cloneCall());
        onCall(program, architecture.socket, socket());
        onCall(program, architecture.socketPair, socket());
        onCall(program, architecture.ioctl, ioctl());
        onCall(program, architecture.personality, personality());
        return program.allow();
    }

    private static Stream<Integer> numbers(String calls, Architecture architecture) {
        return Arrays.stream(calls.strip().split("[,\\n]", -1))
                .map(call -> call.strip().split(" ", -1)[architecture.column])
                .filter(number -> !number.equals("-"))
                .map(Integer::valueOf);
    }

    /** Adds a part that ends with a return, for one call. */
    private static void onCall(SeccompProgram program, int call, SeccompProgram part) {
        program.ifNotEqual(call).skip(part).append(part);
    }

    private static SeccompProgram cloneCall() {
        return new SeccompProgram()
                .loadArgument(0)
                .ifAnyBit(NEW_NAMESPACES)
                .fail(EPERM)
                .allow();
    }

    /** Local sockets, TCP and UDP, and the netlink protocol that lists network interfaces. */
    private static SeccompProgram socket() {
        SeccompProgram internet = new SeccompProgram()
                .loadArgument(2)
                .ifEqual(IPPROTO_TCP)
                .allow()
                .ifEqual(IPPROTO_UDP)
                .allow()
                .ifNotEqual(0)
                .fail(EAFNOSUPPORT)
                .loadArgument(1)
                .mask(SOCKET_TYPE)
                .ifEqual(SOCK_STREAM)
                .allow()
                .ifEqual(SOCK_DGRAM)
                .allow()
                .fail(EAFNOSUPPORT);
        SeccompProgram netlink =
                new SeccompProgram().loadArgument(2).ifEqual(0).allow().fail(EAFNOSUPPORT);
        SeccompProgram program =
                new SeccompProgram().loadArgument(0).ifEqual(AF_UNIX).allow();
        onCall(program, AF_NETLINK, netlink);
        onCall(program, AF_INET, internet);
        onCall(program, AF_INET6, internet);
        return program.fail(EAFNOSUPPORT);
    }

    /** Refuses input for the terminal, which bubblewrap detaches anyway. */
    private static SeccompProgram ioctl() {
        return new SeccompProgram()
                .loadArgument(1)
                .ifEqual(TIOCSTI)
                .fail(EPERM)
                .ifEqual(TIOCLINUX)
                .fail(EPERM)
                .allow();
    }

    private static SeccompProgram personality() {
        return new SeccompProgram()
                .loadArgument(0)
                .ifEqual(0)
                .allow()
                .ifEqual(CURRENT_PERSONALITY)
                .allow()
                .fail(EPERM);
    }
}
