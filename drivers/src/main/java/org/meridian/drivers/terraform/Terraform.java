package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.meridian.core.event.EventSink;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.RegionName;
import org.meridian.core.rollout.WaitNotice;
import org.meridian.core.spi.Time;
import org.meridian.drivers.command.LocalProcesses;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Terraform on this machine, shared by all regions and providers: so many runs at once, and one change a region. */
public final class Terraform {
    /** How long an interrupted run may take to put its state in order. */
    private static final Duration STOPPING = Duration.ofMinutes(5);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TerraformSettings settings;
    private final LocalProcesses processes;
    private final EventSink events;
    private final Time time;
    private final CloudCredentials credentials;
    private final Semaphore runs;
    private final ReentrantLock initializing = new ReentrantLock();
    private final Set<RegionName> opened = ConcurrentHashMap.newKeySet();
    private final Map<RegionName, ReentrantLock> changing = new ConcurrentHashMap<>();

    /** Terraform with these settings, whose progress becomes events. */
    public Terraform(TerraformSettings settings, LocalProcesses processes, EventSink events, Time time) {
        this(settings, processes, events, time, CloudCredentials.ofThisProcess());
    }

    Terraform(
            TerraformSettings settings,
            LocalProcesses processes,
            EventSink events,
            Time time,
            CloudCredentials credentials) {
        this.settings = requireNonNull(settings, "settings is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.events = requireNonNull(events, "events is null");
        this.time = requireNonNull(time, "time is null");
        this.credentials = requireNonNull(credentials, "credentials is null");
        this.runs = new Semaphore(settings.atOnce(), true);
    }

    TerraformSettings settings() {
        return settings;
    }

    CloudCredentials credentials() {
        return credentials;
    }

    Time time() {
        return time;
    }

    TerraformRuns runs() {
        return new TerraformRuns(processes, STOPPING);
    }

    LocalProcesses processes() {
        return processes;
    }

    LocalDirectory directory(RegionName region) {
        return settings.directory().inside(region.value());
    }

    WaitNotice waiting(RegionName region, String what) {
        return WaitNotice.begin(events, time, Optional.of(region), what, settings.within());
    }

    /** A wait that is told of only if it lasts. */
    WaitNotice waitingQuietly(RegionName region, String what) {
        return WaitNotice.quiet(events, time, Optional.of(region), what, settings.within());
    }

    /** Does it while no other run changes the region. */
    <T> T alone(RegionName region, Work<T> work) throws InterruptedException {
        ReentrantLock lock = changing.computeIfAbsent(region, name -> new ReentrantLock(true));
        lock.lockInterruptibly();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    /** Initializes a directory that only reads; once for each region, for commands look often. */
    void open(RegionName region, Path directory, Work<?> initializing) throws InterruptedException {
        alone(region, () -> {
            if (!opened.contains(region) || !Files.isDirectory(directory.resolve(".terraform"))) {
                initializing.run();
                opened.add(region);
            }
            return region;
        });
    }

    /** Does it once there is room for one more run with a provider. */
    <T> T withRoom(Work<T> work) throws InterruptedException {
        runs.acquire();
        try {
            return work.run();
        } finally {
            runs.release();
        }
    }

    /** Does it while nobody else on this machine fills the plug-in cache, which Terraform does not guard itself. */
    <T> T withCache(Work<T> work) throws InterruptedException {
        initializing.lockInterruptibly();
        try {
            Files.createDirectories(settings.pluginCache());
            Path file = settings.pluginCache().resolve("lock");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                requireNonNull(lock, "lock is null");
                return work.run();
            }
        } catch (IOException e) {
            throw TerraformFailures.files(settings.pluginCache(), e);
        } finally {
            initializing.unlock();
        }
    }

    /** The provider of the root module that lies in a region's directory. */
    Optional<String> providerOf(RegionName region) {
        Path root = directory(region).file("main.tf.json");
        try {
            JsonNode asked =
                    JSON.readTree(BoundedFile.text(root, BoundedFile.MEGABYTE)).at("/output/asked/value/provider");
            return Optional.of(asked.asString("")).filter(text -> !text.isEmpty());
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Something that a run needs something for. */
    interface Work<T> {
        /** Does it. */
        T run() throws InterruptedException;
    }
}
