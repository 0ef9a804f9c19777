package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.MachineName;
import org.meridian.core.model.Region;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The directory of a region's root module: what is written into it before a run, and what a run left there. */
final class RegionDirectory {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ROOT = "main.tf.json";
    private static final String SERVERS = "servers.auto.tfvars.json";
    private static final String USER_DATA = "user-data.auto.tfvars.json";
    static final String PLAN = "plan.tfplan";
    private static final String PREVIEW = "preview.tfvars.json";
    private static final String INITIALIZED = "initialized";
    private static final String MODULE = "module";
    /** A state that is a file here may be long. */
    private static final int LARGEST = 100 * BoundedFile.MEGABYTE;

    private final LocalDirectory local;
    private final Path directory;
    private final RootModule root;
    private final MachineMaterial material;

    RegionDirectory(LocalDirectory local, RootModule root, MachineMaterial material) {
        this.local = requireNonNull(local, "local is null");
        this.directory = local.path().toAbsolutePath();
        this.root = requireNonNull(root, "root is null");
        this.material = requireNonNull(material, "material is null");
    }

    Path path() {
        return directory;
    }

    boolean exists() {
        return Files.exists(directory.resolve(ROOT));
    }

    /** Writes the root module, and the module that comes with Meridian where the team has none of its own. */
    void writeRoot(Region region, RegionModule module) {
        attempt(() -> {
            local.make();
            String source = module.path().map(this::relative).orElse("./" + MODULE);
            if (module.path().isEmpty()) {
                unpack();
            }
            String text = root.text(
                    region, source, module.variables(), material.sshKey().get());
            if (!read(ROOT).equals(Optional.of(text))) {
                local.write(ROOT, text);
            }
        });
    }

    /** Terraform copies what is outside unless the path begins so. */
    private String relative(Path module) {
        String path = directory.toAbsolutePath().normalize().relativize(module).toString();
        return path.startsWith("..") ? path : "./" + path;
    }

    private void unpack() throws IOException {
        LocalDirectory inside = local.inside(MODULE);
        for (String file : root.provider().files()) {
            String resource = "modules/" + root.provider().word() + "/" + file;
            try (InputStream text = requireNonNull(
                    RegionDirectory.class.getResourceAsStream(resource), resource + " is not packaged")) {
                inside.write(file, text.readAllBytes());
            }
        }
    }

    /** Writes what is asked for, for the next run; {@link #forgetUserData} comes after it. */
    void writeServers(Region region, Collection<AskedMachine> asked) {
        attempt(() -> {
            local.write(SERVERS, servers(region, asked).toPrettyString() + "\n");
            local.write(USER_DATA, userData(asked).toString());
        });
    }

    /** Writes what would be asked for, beside what is; the path is for {@code -var-file}. */
    Path writePreview(Region region, Collection<AskedMachine> asked) {
        attempt(() -> local.write(
                PREVIEW, servers(region, asked).setAll(userData(asked)).toString()));
        return Path.of(PREVIEW);
    }

    /** Deletes what holds servers' private host keys; Terraform has read it, and the state has only its hash. */
    void forgetUserData() {
        attempt(() -> {
            Files.deleteIfExists(directory.resolve(USER_DATA));
            Files.deleteIfExists(directory.resolve(PREVIEW));
            Files.deleteIfExists(directory.resolve(PLAN));
        });
    }

    private ObjectNode servers(Region region, Collection<AskedMachine> asked) {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode servers = json.putObject(RootModule.SERVERS);
        asked.forEach(server -> server.write(
                servers.putObject(server.name().value()),
                root.app().value(),
                region.name().value()));
        return json;
    }

    private ObjectNode userData(Collection<AskedMachine> asked) {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode all = json.putObject(RootModule.USER_DATA);
        asked.forEach(server -> all.put(server.name().value(), text(server.name(), server.generation())));
        return json;
    }

    private String text(MachineName server, String generation) {
        return material.userData(server, generation).reveal();
    }

    /** Writes the root module that reads the same state without any provider, and tells where. */
    Path writeReader(Region region) {
        LocalDirectory reader = local.inside("reader");
        attempt(() -> reader.write(ROOT, root.reader(region)));
        return reader.path().toAbsolutePath();
    }

    /** Whether Terraform was initialized with what lies here now. */
    boolean initialized(RegionModule module) {
        return Files.isDirectory(directory.resolve(".terraform"))
                && read(INITIALIZED).equals(Optional.of(fingerprint(module)));
    }

    void rememberInitialized(RegionModule module) {
        attempt(() -> local.write(INITIALIZED, fingerprint(module)));
    }

    /** Changes with everything that {@code terraform init} looks at. */
    private String fingerprint(RegionModule module) {
        Path files = module.path().orElse(directory.resolve(MODULE));
        try (Stream<Path> all = Files.isDirectory(files) ? Files.walk(files) : Stream.empty()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(read(ROOT).orElse("").getBytes(StandardCharsets.UTF_8));
            for (Path file : all.filter(RegionDirectory::isCode).sorted().toList()) {
                digest.update(BoundedFile.bytes(file, LARGEST));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw TerraformFailures.files(files, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isCode(Path file) {
        String name = file.toString();
        return !name.contains("/.terraform/") && (name.endsWith(".tf") || name.endsWith(".tf.json"));
    }

    /** The state's text where the state is a file here; empty where there is none yet. */
    Optional<String> localState() {
        return read(Backend.STATE_FILE).filter(text -> !text.isBlank());
    }

    private Optional<String> read(String name) {
        try {
            return Optional.of(BoundedFile.text(directory.resolve(name), LARGEST));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw TerraformFailures.files(directory.resolve(name), e);
        }
    }

    void delete() {
        attempt(() -> {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (NoSuchFileException e) {
                // There is nothing to delete.
            }
        });
    }

    private void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException e) {
            throw TerraformFailures.files(directory, e);
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }
}
