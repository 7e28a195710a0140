#!/bin/sh
# Make the secrets that compose.yaml reads, once; what is there is kept. Usage: sh deploy/secrets.sh [FOLDER]
set -eu
folder=${1:-secrets}
umask 077
mkdir -p "$folder"

random() { # 64 characters that need no quoting in a URL
	LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 64
}

keep() { # keep NAME VALUE: write the secret unless it is there
	if [ ! -s "$folder/$1" ]; then
		printf '%s' "$2" >"$folder/$1"
		echo "made $folder/$1"
	fi
	# The containers read it as another user; the folder itself is closed to others on this machine.
	chmod 0444 "$folder/$1"
}

keep secret_key "$(random)"
keep postgres_password "$(random)"
keep database_url "postgresql://guimard:$(cat "$folder/postgres_password")@postgres:5432/guimard"
if [ ! -s "$folder/email_url" ]; then
	echo "Write your mail server into $folder/email_url, for instance: submission://user:password@mail.example:587"
fi
