# Starts a PostgreSQL in the folder $1 with the programs in $2 on the port $3, prints the port once it answers, and stops it
# when standard input closes, because then its caller is gone. Its data is not durable.
folder=$1 bin=$2 port=$3
# Ctrl-C reaches the whole group; our caller ends first, then we do.
trap '' INT
# `initdb` refuses to run as root.
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    chown "$user" "$folder"
    as() { setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"; }
else
    as() { "$@"; }
fi
cd "$folder"
as "$bin/initdb" -D "$folder/data" -U flex -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder.log" 2>&1 || exit 1
as "$bin/pg_ctl" -D "$folder/data" -w -t 60 -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=128MB" \
    start >>"$folder.log" 2>&1 || exit 1
echo "$port"
cat >/dev/null
as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >>"$folder.log" 2>&1
rm -rf "$folder" "$folder.log"
