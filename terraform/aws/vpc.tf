# A VPC of the app's own: public subnets over up to three zones, and nothing that costs money by the hour.

data "aws_availability_zones" "found" {
  count = local.own ? 1 : 0
  state = "available"
  filter {
    name   = "zone-type"
    values = ["availability-zone"]
  }
}

resource "aws_vpc" "own" {
  count                = local.own ? 1 : 0
  cidr_block           = var.vpc_cidr
  enable_dns_hostnames = true
  tags                 = local.tags
}

resource "aws_subnet" "own" {
  count                   = local.own ? min(3, length(data.aws_availability_zones.found[0].names)) : 0
  vpc_id                  = aws_vpc.own[0].id
  cidr_block              = cidrsubnet(var.vpc_cidr, 8, count.index)
  availability_zone       = sort(data.aws_availability_zones.found[0].names)[count.index]
  map_public_ip_on_launch = true
  tags                    = local.tags

  lifecycle {
    ignore_changes = [availability_zone]
  }
}

resource "aws_internet_gateway" "own" {
  count  = local.own ? 1 : 0
  vpc_id = aws_vpc.own[0].id
  tags   = local.tags
}

resource "aws_default_route_table" "own" {
  count                  = local.own ? 1 : 0
  default_route_table_id = aws_vpc.own[0].default_route_table_id
  tags                   = local.tags

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.own[0].id
  }
}
