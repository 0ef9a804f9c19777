package org.meridian.drivers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.local.LocalDirectory;
import org.meridian.core.model.Secret;

final class DerivedHostKeysTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void are_pairs_that_others_can_read() throws Exception {
        DerivedHostKeys keys = new DerivedHostKeys(new KeptDeployKey(LocalDirectory.at(directory)));

        KeyPair read = SecurityUtils.loadKeyPairIdentities(
                        null,
                        NamedResource.ofName("derived"),
                        new ByteArrayInputStream(
                                keys.privateKey("server 1").reveal().getBytes(StandardCharsets.US_ASCII)),
                        null)
                .iterator()
                .next();

        assertThat(PublicKeyEntry.toString(read.getPublic())).isEqualTo(keys.publicKey("server 1"));
    }

    @Test
    void are_the_same_for_the_same_name_and_deploy_key_and_no_others() {
        DerivedHostKeys keys = new DerivedHostKeys(new KeptDeployKey(LocalDirectory.at(directory.resolve("one"))));
        DerivedHostKeys again = new DerivedHostKeys(new KeptDeployKey(LocalDirectory.at(directory.resolve("one"))));
        DerivedHostKeys other = new DerivedHostKeys(new KeptDeployKey(LocalDirectory.at(directory.resolve("other"))));

        Secret key = keys.privateKey("server 1");

        assertThat(again.privateKey("server 1")).isEqualTo(key);
        assertThat(keys.privateKey("server 2")).isNotEqualTo(key);
        assertThat(other.privateKey("server 1")).isNotEqualTo(key);
        assertThat(keys.publicKey("server 1")).isNotEqualTo(keys.publicKey("server 2"));
    }
}
