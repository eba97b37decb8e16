//! The computer in one line, because figures of another one say little.

use std::fs;

/// Processor, cores, memory, and how busy it was.
pub fn line() -> String {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let (processor, memory, load) = (read("/proc/cpuinfo"), read("/proc/meminfo"), read("/proc/loadavg"));
    let model = processor
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':').map(|(_, name)| name.trim()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory =
        memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse::<u64>().ok());
    let load = load.split_whitespace().next().unwrap_or("?").to_owned();
    format!(
        "{}, {cores} cores, {} GiB; load average before the run {load}",
        model.unwrap_or("unknown processor"),
        memory.unwrap_or_default() / (1 << 20)
    )
}
