locals {
  name  = "meridian-${var.app}-${var.region}"
  tags  = { meridian-app = var.app, meridian-region = var.region, Name = local.name }
  ports = toset([for server in values(var.servers) : tostring(server.port)])

  # Amazon's own processors have a g after the generation's number, as in t4g.small.
  arch = {
    for name, server in var.servers : name =>
    can(regex("^([a-z]+[0-9]+g[a-z]*|a1)[.]", coalesce(server.size, var.size))) ? "arm64" : "amd64"
  }

  given  = length(var.network.names) == 1
  own    = !local.given && var.vpc == "own"
  vpc_id = local.given ? var.network.names[0] : local.own ? aws_vpc.own[0].id : data.aws_vpc.default[0].id

  # By name, so that a server's place does not depend on the other servers.
  subnets = local.own ? aws_subnet.own[*].id : sort(data.aws_subnets.found[0].ids)
  place   = { for name in keys(var.servers) : name => try(tonumber(regex("[0-9]+$", name)), 1) - 1 }
}

data "aws_vpc" "default" {
  count   = local.given || local.own ? 0 : 1
  default = true
}

data "aws_subnets" "found" {
  count = local.own ? 0 : 1
  filter {
    name   = "vpc-id"
    values = [local.vpc_id]
  }
  filter {
    name   = "map-public-ip-on-launch"
    values = ["true"]
  }
}

data "aws_ami" "latest" {
  for_each    = toset(values(local.arch))
  owners      = [var.image_owner]
  most_recent = true
  filter {
    name   = "name"
    values = [replace(var.image_name, "{arch}", each.key)]
  }
  filter {
    name   = "architecture"
    values = [each.key == "amd64" ? "x86_64" : each.key]
  }
}

resource "aws_key_pair" "deploy" {
  key_name_prefix = "${local.name}-"
  public_key      = var.ssh_key
  tags            = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "servers" {
  name_prefix = "${local.name}-"
  description = "Servers of ${var.app} in ${var.region}"
  vpc_id      = local.vpc_id
  tags        = local.tags

  ingress {
    description = "SSH"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = var.ssh_from
  }

  # Every port that a server there answers on: another release may have another one.
  dynamic "ingress" {
    for_each = local.ports
    content {
      description = "Requests"
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = var.serve_from
    }
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Changes when a server has to be made again under its name.
resource "terraform_data" "generation" {
  for_each = var.servers
  input    = each.value.generation
}

resource "aws_instance" "server" {
  for_each                    = var.servers
  ami                         = coalesce(each.value.image, data.aws_ami.latest[local.arch[each.key]].id)
  instance_type               = coalesce(each.value.size, var.size)
  subnet_id                   = element(local.subnets, local.place[each.key])
  vpc_security_group_ids      = [aws_security_group.servers.id]
  key_name                    = aws_key_pair.deploy.key_name
  iam_instance_profile        = var.instance_profile
  user_data                   = each.value.user_data
  user_data_replace_on_change = true
  tags                        = merge(each.value.tags, { Name = each.key })

  # IMDSv2 alone, and not through a container's network: user data has the host key.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.disk_gb
    encrypted   = true
    tags        = merge(each.value.tags, { Name = each.key })
  }

  # A server that is there has users: nothing that a newer configuration or image says may touch it.
  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.generation[each.key]]
    ignore_changes = [
      ami, instance_type, subnet_id, key_name, iam_instance_profile, user_data, user_data_replace_on_change,
      root_block_device, metadata_options,
    ]
  }
}
