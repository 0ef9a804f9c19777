package org.meridian.drivers.state;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meridian.core.file.BoundedFile;

/**
 * A process that can be told from every other one, so that its death can be noticed by others on the same machine.
 *
 * @param machine where it runs; empty when that can't be told
 * @param pid     its number there
 * @param started when it began, in the operating system's own words; numbers of processes are used again
 */
public record RunningProcess(String machine, long pid, String started) {
    private static final Path PROC = Path.of("/proc");

    /** Checks that no part is null. */
    public RunningProcess {
        requireNonNull(machine, "machine is null");
        requireNonNull(started, "started is null");
    }

    /** This process. */
    public static RunningProcess current() {
        long pid = ProcessHandle.current().pid();
        return new RunningProcess(thisMachine(), pid, startOf(pid).orElse(""));
    }

    /** Whether it is known to have ended. Of another machine's processes nothing is known. */
    public boolean ended() {
        return !machine.isEmpty()
                && !started.isEmpty()
                && machine.equals(thisMachine())
                && !startOf(pid).equals(Optional.of(started));
    }

    /**
     * One boot of one kernel, and there one space of process numbers, since containers share the kernel but don't see each
     * other's processes (proc(5), namespaces(7)). Host names tell neither apart.
     */
    private static String thisMachine() {
        try {
            return Files.exists(PROC.resolve("self/stat"))
                    ? BoundedFile.text(PROC.resolve("sys/kernel/random/boot_id"), BoundedFile.MEGABYTE)
                                    .strip() + "/" + Files.readSymbolicLink(PROC.resolve("self/ns/pid"))
                    : hardwareAddresses();
        } catch (IOException e) {
            return "";
        }
    }

    private static String hardwareAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(card -> hardwareAddress(card).stream())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static Optional<String> hardwareAddress(NetworkInterface card) {
        try {
            return Optional.ofNullable(card.getHardwareAddress())
                    .map(address -> HexFormat.of().formatHex(address));
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    /** When the process with this number began; empty when none runs. */
    private static Optional<String> startOf(long pid) {
        return Files.exists(PROC.resolve("self/stat"))
                ? startInProc(pid)
                : ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .flatMap(process -> process.info().startInstant())
                        .map(Instant::toString);
    }

    /** The start in clock ticks since boot, which no change of the clock touches: field 22 of proc_pid_stat(5). */
    private static Optional<String> startInProc(long pid) {
        try {
            String stat = BoundedFile.text(PROC.resolve(pid + "/stat"), BoundedFile.MEGABYTE);
            // The name before the last parenthesis may itself contain spaces and parentheses; the state, field 3,
            // follows.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean dead = fields[0].equals("Z") || fields[0].equals("X");
            return dead ? Optional.empty() : Optional.of(fields[19]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
