locals {
  name  = "meridian-${var.app}-${var.region}"
  ports = toset([for server in values(var.servers) : tostring(server.port)])
  given = length(var.network.names) == 1
  own   = !local.given && var.vpc == "own"
  vpc   = local.given ? var.network.names[0] : local.own ? digitalocean_vpc.own[0].id : null
}

resource "digitalocean_vpc" "own" {
  count  = local.own ? 1 : 0
  name   = local.name
  region = var.location
}

resource "digitalocean_ssh_key" "deploy" {
  count      = var.register_key ? 1 : 0
  name       = local.name
  public_key = var.ssh_key
}

resource "digitalocean_tag" "fleet" {
  name = local.name
}

# By tag, so that a droplet has it from its first moment.
resource "digitalocean_firewall" "servers" {
  name = local.name
  tags = [digitalocean_tag.fleet.id]

  inbound_rule {
    protocol         = "tcp"
    port_range       = "22"
    source_addresses = var.ssh_from
  }

  # Every port that a server there answers on: another release may have another one.
  dynamic "inbound_rule" {
    for_each = local.ports
    content {
      protocol         = "tcp"
      port_range       = inbound_rule.value
      source_addresses = var.serve_from
    }
  }

  dynamic "outbound_rule" {
    for_each = { tcp = "1-65535", udp = "1-65535", icmp = null }
    content {
      protocol              = outbound_rule.key
      port_range            = outbound_rule.value
      destination_addresses = ["0.0.0.0/0", "::/0"]
    }
  }
}

# Changes when a server has to be made again under its name.
resource "terraform_data" "generation" {
  for_each = var.servers
  input    = each.value.generation
}

resource "digitalocean_droplet" "server" {
  for_each   = var.servers
  name       = each.key
  region     = var.location
  size       = coalesce(each.value.size, var.size)
  image      = coalesce(each.value.image, var.image)
  vpc_uuid   = local.vpc
  ssh_keys   = concat(var.account_keys, digitalocean_ssh_key.deploy[*].fingerprint)
  user_data  = each.value.user_data
  monitoring = true
  tags       = concat([digitalocean_tag.fleet.id], [for key, value in each.value.tags : "${key}:${value}"])

  # The provider gives up before it deletes what does not shut down within a minute, and a droplet whose boot failed is such
  # a one. What runs on a server that goes was stopped before. The flag is not ignored below, so that older droplets lose it.
  graceful_shutdown = false

  # Or a droplet could be there for some moments before the firewall that closes its ports.
  depends_on = [digitalocean_firewall.servers]

  # A server that is there has users: nothing that a newer configuration or image says may touch it.
  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.generation[each.key]]
    ignore_changes        = [size, image, vpc_uuid, ssh_keys, user_data, monitoring]
  }
}
