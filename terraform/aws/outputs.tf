output "servers" {
  value = {
    for name, server in aws_instance.server : name => {
      id         = server.id
      public_ip  = server.public_ip
      private_ip = server.private_ip
      state      = server.instance_state
    }
  }
}
