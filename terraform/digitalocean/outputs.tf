output "servers" {
  value = {
    for name, server in digitalocean_droplet.server : name => {
      id         = server.id
      public_ip  = server.ipv4_address
      private_ip = server.ipv4_address_private
      state      = server.status == "active" ? "running" : server.status
    }
  }
}
