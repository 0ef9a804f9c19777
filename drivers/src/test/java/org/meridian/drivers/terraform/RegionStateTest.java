package org.meridian.drivers.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meridian.core.model.AppName;
import org.meridian.core.model.RegionName;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

class RegionStateTest {
    private static final AppName APP = new AppName("journal");
    private static final RegionName REGION = new RegionName("eu-west");

    @Test
    void namesWhatStaysWhenTheServersHaveGone() {
        assertThat(besides("""
                        {"version": 4, "outputs": {}, "resources": [
                          {"mode": "data", "type": "aws_ami", "instances": [{"index_key": "amd64"}]},
                          {"mode": "managed", "type": "aws_key_pair", "instances": [{}]},
                          {"mode": "managed", "type": "aws_security_group", "instances": [{}]},
                          {"mode": "managed", "type": "aws_vpc", "instances": [{"index_key": 0}]},
                          {"mode": "managed", "type": "aws_subnet",
                            "instances": [{"index_key": 0}, {"index_key": 1}, {"index_key": 2}]},
                          {"mode": "managed", "type": "aws_internet_gateway", "instances": [{"index_key": 0}]},
                          {"mode": "managed", "type": "aws_eip", "instances": []},
                          {"mode": "managed", "type": "terraform_data", "instances": [{"index_key": "some"}]},
                          {"mode": "managed", "type": "aws_instance", "instances": [{"index_key": "journal-eu-west-r1-1"}]}]}
                        """)).isEqualTo("a key pair, a security group, a VPC, 3 subnets and an internet gateway");
    }

    @Test
    void namesWhatAModuleOfTheTeamsOwnMakes() {
        assertThat(besides("""
                        {"version": 4, "resources": [
                          {"mode": "managed", "type": "hcloud_ssh_key", "instances": [{}]},
                          {"mode": "managed", "type": "acme_network_policy", "instances": [{}, {"index_key": "b"}]}]}
                        """)).isEqualTo("an SSH key and 2 network policies");
    }

    @Test
    void hasNothingToNameWhereNothingWasMade() {
        assertThat(new RegionState(APP, REGION, MissingNode.getInstance()).besides())
                .isEmpty();
        assertThat(besides("""
                        {"version": 4, "outputs": {}, "resources": []}
                        """)).isEmpty();
    }

    private static String besides(String state) {
        return new RegionState(APP, REGION, JsonMapper.shared().readTree(state)).besides();
    }
}
