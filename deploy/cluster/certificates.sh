#!/bin/sh
# sh certificates.sh FOLDER: a certificate authority of your own, a certificate for the nodes and one for who
# administers the cluster, valid for ten years. Names of nodes: NODES="a b" sh certificates.sh certs
set -eu
umask 077
mkdir -p "$1"
cd "$1"
if [ -e ca.key ]; then echo "$1/ca.key is there already; nothing was changed" >&2; exit 1; fi

names=DNS:localhost,IP:127.0.0.1
for node in ${NODES:-node1 node2 node3}; do names=$names,DNS:$node; done

request() { # NAME: a key as Java reads it, and a request for a certificate
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out "$1.key" 2>/dev/null
  openssl req -new -key "$1.key" -subj "/CN=telusur-$1" -out "$1.csr"
}
sign() { # NAME EXTENSIONS
  printf '%s\n' "$2" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -extfile "$1.ext" -out "$1.pem" 2>/dev/null
  rm "$1.csr" "$1.ext"
}

openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out ca.key 2>/dev/null
openssl req -x509 -new -key ca.key -days 3650 -subj /CN=telusur-ca -addext keyUsage=critical,keyCertSign,cRLSign -out ca.pem
request node
sign node "basicConstraints=CA:FALSE
keyUsage=digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=$names"
request admin
sign admin "basicConstraints=CA:FALSE
keyUsage=digitalSignature
extendedKeyUsage=clientAuth"
rm ca.srl
chmod 755 .
chmod 644 ca.pem node.pem admin.pem
# The image's user reads its key. Keep ca.key and admin.key elsewhere.
chown 1000 node.key 2>/dev/null || echo "run as root, or make node.key readable by user 1000" >&2
