# The contract of a module that makes a region's servers, as a module of your own can begin. docs/clouds.md explains it.

variable "app" { type = string }
variable "region" { type = string }
variable "location" { type = string }
variable "ssh_key" { type = string }
variable "network" { type = object({ names = list(string) }) }

variable "servers" {
  type = map(object({
    size       = string
    image      = string
    port       = number
    generation = string
    user_data  = string
    tags       = map(string)
  }))
}

# Of the team's own making.
variable "owner" { type = string }
variable "flavour" { type = list(string) }

# In the place of this there is a cloud's server in a real module.
resource "terraform_data" "server" {
  for_each         = var.servers
  input            = { size = each.value.size, tags = each.value.tags }
  triggers_replace = [each.value.generation]

  lifecycle {
    ignore_changes = [input]
  }
}

output "servers" {
  value = {
    for name, server in terraform_data.server : name => {
      id         = server.id
      public_ip  = "203.0.113.1"
      private_ip = "10.0.0.1"
    }
  }
}
