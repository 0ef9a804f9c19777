# What every module gets from Meridian: see docs/clouds.md.

variable "app" { type = string }
variable "region" { type = string }
variable "location" { type = string }
variable "ssh_key" { type = string }

variable "network" {
  type = object({ names = list(string) })
  validation {
    condition     = length(var.network.names) <= 1
    error_message = "A server is in one VPC: write at most one VPC's ID under 'networks'."
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
  description = "The instance type where the region names no size."
  type        = string
  default     = "t3.small"
}

variable "image_name" {
  description = "The name of the images of which the latest is taken; {arch} stands for amd64 or arm64."
  type        = string
  default     = "debian-13-{arch}-*"
}

variable "image_owner" {
  description = "The account that the images are taken from; Debian's own by default."
  type        = string
  default     = "136693071363"
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

variable "vpc_cidr" {
  description = "The addresses of a VPC that is made."
  type        = string
  default     = "10.42.0.0/16"
}

variable "disk_gb" {
  description = "The size of a server's disk in GB."
  type        = number
  default     = 20
}

variable "instance_profile" {
  description = "The name of an IAM instance profile for the servers."
  type        = string
  default     = null
}

variable "ssh_from" {
  description = "The networks from which SSH is let in."
  type        = list(string)
  default     = ["0.0.0.0/0"]
}

variable "serve_from" {
  description = "The networks from which users' requests are let in."
  type        = list(string)
  default     = ["0.0.0.0/0"]
}
