# What every module gets from Meridian: see docs/clouds.md.

variable "app" { type = string }
variable "region" { type = string }
variable "location" { type = string }
variable "ssh_key" { type = string }

variable "network" {
  type = object({ names = list(string) })
  validation {
    condition     = length(var.network.names) <= 1
    error_message = "A droplet is in one VPC: write at most one VPC's UUID under 'networks'."
  }
}

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

# What the team may set under 'variables'.

variable "size" {
  description = "The droplets' size where the region names none."
  type        = string
  default     = "s-1vcpu-2gb"
}

variable "image" {
  description = "The slug of the image."
  type        = string
  default     = "debian-13-x64"
}

variable "vpc" {
  description = "The VPC where the region names none: 'default', or 'own' for one that is made."
  type        = string
  default     = "default"
  validation {
    condition     = contains(["default", "own"], var.vpc)
    error_message = "Write 'default' or 'own'."
  }
}

variable "register_key" {
  description = "Whether the deploy key is added to the account; it can be there once, so for one region of an app."
  type        = bool
  default     = false
}

variable "account_keys" {
  description = "IDs or fingerprints of the account's SSH keys that may log in as root."
  type        = list(string)
  default     = []
}

variable "ssh_from" {
  description = "The networks from which SSH is let in."
  type        = list(string)
  default     = ["0.0.0.0/0", "::/0"]
}

variable "serve_from" {
  description = "The networks from which users' requests are let in."
  type        = list(string)
  default     = ["0.0.0.0/0", "::/0"]
}
