"""What `./run bench` measures: accuracy, calibration, fates of mail, CPU a report, and the same beside ocrmypdf (docs/bench.md)."""
