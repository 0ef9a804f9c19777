# A fleet whose servers are files: it keeps the contract of every module, and needs no provider.

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

# The directory in which servers are files.
variable "world" { type = string }

resource "terraform_data" "server" {
  for_each         = var.servers
  triggers_replace = [each.value.generation, var.careless ? each.value.size : ""]
  input = {
    world     = var.world
    name      = each.key
    user_data = nonsensitive(sha256(each.value.user_data))
  }

  provisioner "local-exec" {
    command = "${path.module}/create"
    environment = {
      WORLD = var.world
      NAME  = each.key
      SIZE  = each.value.size
    }
  }

  provisioner "local-exec" {
    when    = destroy
    command = "rm -f \"$WORLD/$NAME\""
    environment = {
      WORLD = self.input.world
      NAME  = each.key
    }
  }
}

# Whether a server is made again when its size changes, as a module must not.
variable "careless" {
  type    = bool
  default = false
}

output "servers" {
  value = {
    for name, server in terraform_data.server : name => {
      id         = server.id
      public_ip  = cidrhost("10.0.0.0/8", parseint(substr(sha256(server.output.name), 0, 5), 16))
      private_ip = ""
      state      = try(trimspace(file("${server.output.world}/${server.output.name}")), "gone")
    }
  }
}
