"""A sweep each night as an Airflow DAG (Airflow 2.4 or newer).

Tasks may be cleared and run again at any time: the same command runs only what is missing.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

# Airflow's variables say where things are; they are read when the task runs.
SWEEP = (
    "/opt/modelzoo/deploy/modelzoo sweep"
    " --config /opt/modelzoo/conf/sweep/coarse-cifar100-methods.conf"
    " --set data.directory={{ var.value.modelzoo_data }}"
    " --set output.directory={{ var.value.modelzoo_results }}"
    " --master {{ var.value.modelzoo_master }}"
)

with DAG(
    dag_id="modelzoo_sweep",
    schedule="0 20 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    # A sweep's directory takes one driver at a time.
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=5)},
) as dag:
    BashOperator(
        task_id="sweep",
        bash_command=SWEEP,
        append_env=True,
    )
